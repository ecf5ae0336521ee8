const units = ["KB", "MB", "GB"];

/** "30 MB", "1,5 GB"; in steps of 1024, with a decimal comma. */
export function showSize(bytes: number): string {
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString("id-ID", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[unit]}`;
}
