toldBy.priorities = {
  told: plainly,
};
