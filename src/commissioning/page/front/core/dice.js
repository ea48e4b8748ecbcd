// ---- dice -------------------------------------------------------------------------------------------------------

/** The next number of mulberry32, and how it leaves the dice. Mirrors dice.draw. @param {number} dice @returns {[number, number]} */
function draw(dice) {
  const a = (dice + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return [((t ^ (t >>> 14)) >>> 0) / 4294967296, a >>> 0];
}
