// ---- parts made and shown once more -------------------------------------------------------------------------------

/** An element with a class and text. @param {string} tag @param {string} className @param {string} [text] */
function element(tag, className, text = "") { const e = document.createElement(tag); e.className = className; e.textContent = text; return e; }
/** What the author wrote for one part, to show once more. @param {Live} x @param {string} sel */
const copyOf = (x, sel) => { const part = one(sel, x.after).cloneNode(true); part.hidden = false; return part; };
