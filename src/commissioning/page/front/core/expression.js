// ---- expressions ------------------------------------------------------------------------------------------------

/** The value of a compiled expression; null where it has none. Mirrors expression.evaluate. @param {any} tree @param {Record<string, any>} values @returns {any} */
function evaluate(tree, values) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "var") return values[tree[1]];
  if (tree[0] === "if") { const test = evaluate(tree[1], values); return test === null ? null : evaluate(tree[test ? 2 : 3], values); }
  const parts = tree.slice(1).map((part) => evaluate(part, values));
  const value = parts.includes(null) ? null : apply(tree[0], parts);
  return Number.isFinite(value) ? value : null;
}
/** By another name: what shortens scripts writes Math.sqrt as a power, and Math.abs so that it keeps a nought's sign. */
const exact = { abs: Math.abs, sqrt: Math.sqrt };

/** The cube root by the fixed steps of expression.cube_root: Math.cbrt may differ in the last bit. @param {number} x */
function cubeRoot(x) {
  let a = Math.abs(x); let scale = 1;
  if (!(a > 0 && a < Infinity)) return a === 0 ? 0 : x;
  while (a >= 8) { a /= 8; scale *= 2; }
  while (a < 1) { a *= 8; scale /= 2; }
  let root = 1 + (a - 1) / 7;
  for (let i = 0; i < 6; i++) root = root - (root * root * root - a) / (3 * root * root);
  return x > 0 ? root * scale : -(root * scale);
}
/** One step of arithmetic. A division by zero is not finite, and so has no value; + 0 keeps minus nought away, as in
 *  Python. @param {string} operator @param {number[]} parts */
function apply(operator, parts) {
  const [a, b, c] = parts;
  switch (operator) {
    case "+": return a + b;
    case "-": return a - b;
    case "*": return a * b;
    case "/": return a / b;
    case "min": return parts.reduce((least, x) => (x < least ? x : least));
    case "max": return parts.reduce((most, x) => (x > most ? x : most));
    case "ceil": return Math.ceil(a) + 0;
    case "floor": return Math.floor(a) + 0;
    case "round": return Math.floor(a + 0.5) + 0;
    case "sqrt": return exact.sqrt(a);
    case "cbrt": return cubeRoot(a);
    case "abs": return exact.abs(a);
    case "clamp": { const x = b > a ? b : a; return c < x ? c : x; }
    case "<": return +(a < b);
    case "<=": return +(a <= b);
    case ">": return +(a > b);
    case ">=": return +(a >= b);
    case "==": return +(a === b);
    case "!=": return +(a !== b);
    case "and": return +parts.every(Boolean);
    case "or": return +parts.some(Boolean);
    default: return +!a; // not
  }
}
Object.assign(casebook, { evaluate });
