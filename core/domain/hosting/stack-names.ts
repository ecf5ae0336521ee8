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
