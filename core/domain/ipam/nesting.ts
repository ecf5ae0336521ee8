import { contains, type Prefix } from "./prefix.ts";

/** The smallest of the prefixes in which it lies; undefined at the top. @param known of the same zone */
export function parentOf<Known extends Prefix>(prefix: Prefix, known: readonly Known[]): Known | undefined {
  const around = known.filter((each) => each.length < prefix.length && contains(each, prefix));
  return around.reduce<Known | undefined>((best, each) => {
    return best === undefined || each.length > best.length ? each : best;
  }, undefined);
}

/** The prefixes right below it: in it, and in no other that is in it. @param known of the same zone */
export function nestedIn<Known extends Prefix>(prefix: Prefix, known: readonly Known[]): Known[] {
  const inside = known.filter((each) => each.length > prefix.length && contains(prefix, each));
  return inside.filter((each) => parentOf(each, inside) === undefined);
}
