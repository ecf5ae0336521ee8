import { createHash } from "node:crypto";

/** Every bridge of an application begins with it, and so do the firewall's rules: `sp-+`. */
export const bridgePrefix = "sp-";

/** Linux allows 15 letters for the name of an interface. */
const longestInterface = 15;

/** The interface of an application's network on its host. */
export function bridgeOf(stack: string): string {
  const hash = createHash("sha256").update(stack).digest("hex");
  return bridgePrefix + hash.slice(0, longestInterface - bridgePrefix.length);
}

/** The labels by which an object on a host is known as a stack's, also where the stack's state has lost it. */
export const stackLabel = "simpul.stack";
export const urnLabel = "simpul.urn";

/** The stack of what all applications of a target share. */
export function platformOf(target: string): string {
  return `platform-${target}`;
}

/** Of a stack: where the files of its database lie. */
export const dataVolume = "data";

/** Of a stack: a folder of its application that is kept. No name of a folder is that of the database's volume. */
export function volumeOf(folder: string): string {
  return `kept-${folder}`;
}

/** Of an application: its database in its server of databases, and the account that may do all in it, and nothing else. */
export function databaseNameOf(stack: string): string {
  return stack.replaceAll("-", "_");
}

/** Of an application: by which a vendor gets at its files. */
export function accessContainerOf(stack: string): string {
  return `${stack}-access`;
}

/** Of an application: its server of databases. */
export function databaseContainerOf(stack: string): string {
  return `${stack}-database`;
}
