/** A whole number of bytes, from 0; undefined where there is none. */
export function readSize(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** "filename c2l0dXMuemlw,filetype YXBwbGljYXRpb24vemlw": keys, and values in base64 of UTF-8. */
export function readMetadata(text = ""): Record<string, string | undefined> {
  const pairs = text.split(",").map((pair) => {
    const [key = "", value = ""] = pair.trim().split(" ", 2);
    return [key, Buffer.from(value, "base64").toString("utf8")] as const;
  });
  return Object.fromEntries(pairs);
}
