toldBy.concordance = {
  told: plainly,
};
