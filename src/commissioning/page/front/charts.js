// How a chart becomes live: asked for by book.js when the first one comes into view. A classic script, for pages from disk.

/** @param {string} selector @param {ParentNode} root @returns {HTMLElement[]} */
const all = (selector, root) => [...root.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));
/** @param {string} selector @param {ParentNode} root @returns {HTMLElement | null} */
const one = (selector, root) => root.querySelector(selector);
const html = document.documentElement;

// ---- Vega and the page's data, loaded once, in the colours and types of the page -----------------------------------
/** @type {Promise<void[]> | null} */
let vega = null;

/** @param {string} src @returns {Promise<void>} */
const script = (src) => new Promise((resolve, reject) => {
  const tag = document.createElement("script");
  tag.src = src;
  tag.onload = () => resolve();
  tag.onerror = () => reject(new Error(src));
  document.head.append(tag);
});

/** @param {string} name */
const token = (name) => getComputedStyle(html).getPropertyValue(`--cb-${name}`).trim();

/** Vega's settings in the colours and types of the page as it is now. */
function vegaConfig() {
  const [ink, soft, line] = ["ink", "soft", "line"].map(token);
  const words = { labelColor: ink, titleColor: ink, labelFont: token("book"), titleFont: token("book") };
  const sizes = { labelFontSize: 14, titleFontSize: 14, titleFontWeight: 600 };
  return {
    background: "transparent",
    aria: false,  // hundreds of nameless parts: the takeaway, the description and the table say it better
    font: token("book"),
    view: { stroke: "transparent" },
    axis: { ...words, ...sizes, labelOverlap: "greedy", gridColor: line, domainColor: soft, tickColor: soft },
    legend: { ...words, ...sizes },
    header: { ...words, ...sizes },
    title: { color: ink, font: token("story"), fontSize: 18 },
    text: { color: ink, font: token("book"), fontSize: 14 },
    rule: { color: soft },
    range: { category: ["data-1", "data-2", "data-3", "data-4"].map(token) },
  };
}

/** The light scheme's colours, as a chart's author writes them, in the page's own. @param {any} value @returns {any} */
function recoloured(value) {
  if (typeof value === "string") return lightColours[value.toLowerCase()] ? token(lightColours[value.toLowerCase()]) : value;
  if (Array.isArray(value)) return value.map(recoloured);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === "datasets" || key === "values" ? part : recoloured(part)]));
}
/** @type {Record<string, string>} */
const lightColours = {
  "#ffffff": "paper", "#f4f0f5": "room", "#231a28": "ink", "#5c5263": "soft", "#ddd5e0": "line", "#83788a": "edge",
  "#6b1f5e": "data-1", "#1f8d95": "data-2", "#c0700c": "data-3", "#0b5f66": "teal", "#ffc94a": "mark",
};

/** One view as wide as the column; several views as they are. @param {Record<string, any>} spec */
function fitted(spec) {
  const several = ["hconcat", "vconcat", "concat", "facet", "repeat"].some((key) => key in spec);
  return several ? spec : { ...spec, width: "container", autosize: { type: "fit-x", contains: "padding" } };
}

/** @param {HTMLElement} figure */
async function draw(figure) {
  const [still, live] = [".still", ".live"].map((part) => one(part, figure));
  const { vega: library, charts: data } = html.dataset;
  if (!still || !live || !library || !data) return;
  try {
    vega ??= Promise.all([script(library), script(data)]);
    await vega;
    const spec = /** @type {Record<string, any>} */ (recoloured(/** @type {any} */ (window).commissioningCharts[figure.id]));
    live.hidden = false;  // Vega measures the room it has
    // ast: expressions are interpreted, since the page's policy lets no text become a script
    const options = { actions: false, ast: true, renderer: "svg", config: vegaConfig(), defaultStyle: false };
    await /** @type {any} */ (window).vegaEmbed(live, fitted(spec), options);
    all("svg", live).forEach((svg) => nameChart(svg, figure));
    still.hidden = true;
    figure.dataset.drawn = "";
  } catch (error) {
    live.hidden = true;
    still.hidden = false;
    console.warn("A chart stays a still picture:", error);
  }
}

/** One picture with one name. @param {Element} svg @param {HTMLElement} figure */
function nameChart(svg, figure) {
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${figure.id}-takeaway`);
  svg.setAttribute("aria-describedby", `${figure.id}-description`);
  all(":scope > g", svg).forEach((parts) => parts.setAttribute("aria-hidden", "true"));
  const holder = one(".live", figure);
  ["role", "aria-label", "aria-roledescription"].forEach((name) => holder?.removeAttribute(name));
}

/** @type {any} */ (window).commissioningDraw = draw;
