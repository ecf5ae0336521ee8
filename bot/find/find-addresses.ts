import { listPrefixes, zonesWith } from "../../core/db/ipam/prefixes.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { parseAddress, showAddress } from "../../core/domain/ipam/address.ts";
import { refusalOfManaging } from "../../core/domain/ipam/ipam-rules.ts";
import { parsePrefix, prefixAround, showPrefix } from "../../core/domain/ipam/prefix.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";

/** Opens the address or prefix that was meant, or shows what has these words. */
export async function findAddresses(conversation: Conversation, entered: string): Promise<Outcome> {
  const mayManage = refusalOfManaging(conversation.person);
  if (!mayManage.ok) return mayManage;
  const text = cleanLine(entered);
  if (text === "") return refuse("text-empty");
  const address = parseAddress(text);
  if (address.ok) return openAddress(conversation, text, address.value);
  // What is nearly an address is none by its name.
  const isNearly = !["address-unreadable", "address-with-length"].includes(address.refusal.code);
  if (isNearly) return address;
  const network = text.includes("/") ? parsePrefix(text) : undefined;
  if (network?.ok) {
    const shown = showPrefix(network.value);
    const [only, ...others] = (await listPrefixes(conversation.tx)).filter((prefix) => showPrefix(prefix) === shown);
    if (only !== undefined && others.length === 0) {
      await reply(conversation, { kind: "prefix", prefixId: only.id, page: 0 });
      return accept();
    }
  }
  await reply(conversation, { kind: "addresses-found", text, page: 0 });
  return accept();
}

/** Of one zone at once; of several it is asked which is meant. */
async function openAddress(
  conversation: Conversation,
  text: string,
  address: Parameters<typeof showAddress>[0],
): Promise<Outcome> {
  const [zoneId, ...others] = await zonesWith(conversation.tx, address);
  const shown = showAddress(address);
  if (zoneId === undefined) {
    return refuse("address-in-no-prefix", {
      address: shown,
      example: showPrefix(prefixAround(address, address.family === 4 ? 24 : 64)),
    });
  }
  const one = { kind: "address", zoneId, address: shown, page: 0 } as const;
  await reply(conversation, others.length === 0 ? one : { kind: "addresses-found", text, page: 0 });
  return accept();
}
