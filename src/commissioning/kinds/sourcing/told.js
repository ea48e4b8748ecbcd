toldBy.sourcing = {
  told: plainly,
};
