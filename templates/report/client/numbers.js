/** A number with about five digits and thin spaces between thousands, for the hover text of charts. */
function numberText(value, digits = 5) {
  if (!Number.isFinite(value)) return "–";
  const size = value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
  if (size >= 15 || size < -5) {
    return value
      .toExponential(2)
      .replace(/\.?0*e\+?/, "e")
      .replaceAll("-", "−");
  }
  const fixed = Math.abs(value).toFixed(Math.max(0, digits - 1 - size));
  const [whole, fraction] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const decimals = fraction === undefined ? "" : `.${fraction}`.replace(/\.?0+$/, "");
  return `${value < 0 ? "−" : ""}${grouped}${decimals}`;
}

function secondsText(seconds) {
  if (seconds < 0.9995) return `${numberText(seconds * 1000, 2)}\u202fms`;
  return `${numberText(seconds, 2)}\u202fs`;
}
