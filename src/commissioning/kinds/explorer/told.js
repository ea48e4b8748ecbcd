toldBy.explorer = {
  told: plainly,
};
