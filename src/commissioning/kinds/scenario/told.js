toldBy.scenario = {
  told: ({ path }, t) => (Array.isArray(path) ? fill(t.words.path, { n: path.length }) : null),
};
