export type Picture = {
  mimeType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  /** pixels, from the header */
  width: number;
  height: number;
};

/** Reads type and size in the header of a PNG, JPEG, GIF or WebP; `undefined` for everything else. */
export function pictureIn(bytes: Uint8Array): Picture | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = png(buffer) ?? gif(buffer) ?? webp(buffer) ?? jpeg(buffer);
  return picture !== undefined && picture.width > 0 && picture.height > 0 ? picture : undefined;
}

function png(buffer: Buffer): Picture | undefined {
  if (buffer.length < 24 || buffer.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return undefined;
  return { mimeType: "image/png", width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
}

function gif(buffer: Buffer): Picture | undefined {
  if (buffer.length < 10 || !/^GIF8[79]a$/.test(buffer.toString("latin1", 0, 6))) return undefined;
  return { mimeType: "image/gif", width: buffer.readUInt16LE(6), height: buffer.readUInt16LE(8) };
}

function webp(buffer: Buffer): Picture | undefined {
  if (buffer.length < 30 || buffer.toString("latin1", 0, 4) !== "RIFF") return undefined;
  if (buffer.toString("latin1", 8, 12) !== "WEBP") return undefined;
  const mimeType = "image/webp";
  switch (buffer.toString("latin1", 12, 16)) {
    case "VP8X":
      return { mimeType, width: buffer.readUIntLE(24, 3) + 1, height: buffer.readUIntLE(27, 3) + 1 };
    case "VP8 ":
      return { mimeType, width: buffer.readUInt16LE(26) & 0x3fff, height: buffer.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = buffer.readUInt32LE(21);
      return { mimeType, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default:
      return undefined;
  }
}

/** Walks the segments to the frame header, which has the size: SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function jpeg(buffer: Buffer): Picture | undefined {
  if (buffer.length < 4 || buffer.readUInt16BE(0) !== 0xffd8) return undefined;
  let position = 2;
  while (position + 9 <= buffer.length) {
    if (buffer[position] !== 0xff) return undefined;
    const marker = buffer[position + 1] ?? 0;
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      return {
        mimeType: "image/jpeg",
        width: buffer.readUInt16BE(position + 7),
        height: buffer.readUInt16BE(position + 5),
      };
    }
    position += 2 + buffer.readUInt16BE(position + 2);
  }
  return undefined;
}
