toldBy.annotation = {
  met: (score) => 3 * score.hits.length >= 2 * score.key,
  verdict: (score, w) => fill(w.passages, { x: score.hits.length, n: score.key }),
  told(response, t) {
    const { tags, missing } = response;
    return isObject(tags) && Array.isArray(missing) ? fill(t.words.marked, { x: Object.keys(tags).length, n: missing.length }) : null;
  },
};
