/** Public keys of SSH that nobody has the private key of. */
const encoded = (type: string, ...parts: Buffer[]) => {
  const wire = Buffer.concat([Buffer.from(type), ...parts].map(withLength));
  return `${type} ${wire.toString("base64")}`;
};

function withLength(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

export const vendorKey = encoded("ssh-ed25519", Buffer.alloc(32, 7));
export const shortEd25519 = encoded("ssh-ed25519", Buffer.alloc(31, 7));
export const longerEd25519 = encoded("ssh-ed25519", Buffer.alloc(32, 7), Buffer.of(1));

/** @param bits of its modulus, in eights */
export function rsaKey(bits: number): string {
  const modulus = Buffer.concat([Buffer.of(0), Buffer.alloc(bits / 8, 0xff)]);
  return encoded("ssh-rsa", Buffer.of(1, 0, 1), modulus);
}

export function ecdsaKey(curve: string, { type = `ecdsa-sha2-${curve}`, bytes = 65, mark = 4 } = {}): string {
  const point = Buffer.concat([Buffer.of(mark), Buffer.alloc(bytes - 1, 9)]);
  return encoded(type, Buffer.from(curve), point);
}

/** Another type within than before it. */
export const otherWithin = `ssh-rsa ${vendorKey.split(" ")[1]}`;

/** A key of one type that says it is of another one. */
export const calledOtherwise = encoded("ssh-ed448", Buffer.alloc(32, 7)).replace("ssh-ed448 ", "ssh-ed25519 ");

export const longerRsa = encoded(
  "ssh-rsa",
  Buffer.of(1, 0, 1),
  Buffer.concat([Buffer.of(0), Buffer.alloc(384, 0xff)]),
  Buffer.of(1),
);
