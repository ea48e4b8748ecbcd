toldBy.allocation = {
  told: ({ spend }, t) => (isObject(spend) ? Object.entries(spend).map(([id, money]) => `${t.name(id)} £${t.said(money)}k`).join(", ") : null),
};
