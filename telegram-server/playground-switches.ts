import { PersonRefusal } from "./person-refusal.ts";
import { readJson } from "./playground-json.ts";

/** What whoever plays can switch beside Telegram, such as a line that is cut while it is on. */
export type PlaygroundSwitch = {
  /** small letters and hyphens, its address below `/playground/switches` */
  name: string;
  title: string;
  /** one sentence: what becomes of it */
  says: string;
  isOn: () => boolean;
  turn: (isOn: boolean) => Promise<void>;
};

/** Switches below one heading of the panel. @property note a sentence above them, e.g. why there are none */
export type SwitchGroup = { title: string; switches: readonly PlaygroundSwitch[]; note?: string };

/** @returns `undefined` where the address is none of the switches */
export async function controlSwitches(groups: readonly SwitchGroup[], request: Request): Promise<object | undefined> {
  const { pathname } = new URL(request.url);
  const found = /^\/playground\/switches(?:\/([a-z-]+))?$/.exec(pathname);
  if (found === null) return undefined;
  const [, name] = found;
  if (name === undefined) {
    if (request.method !== "GET") throw new PersonRefusal(405, "Alamat ini hanya menerima GET.");
    return { groups: groups.map(({ switches, ...group }) => ({ ...group, switches: switches.map(present) })) };
  }
  if (request.method !== "PUT") throw new PersonRefusal(405, "Alamat ini hanya menerima PUT.");
  const switched = groups.flatMap(({ switches }) => switches).find((each) => each.name === name);
  if (switched === undefined) throw new PersonRefusal(404, "Tidak ada sakelar itu.");
  const { is_on } = await readJson(request);
  if (typeof is_on !== "boolean") throw new PersonRefusal(400, 'Kolom "is_on" harus berupa true atau false.');
  await switched.turn(is_on);
  return present(switched);
}

function present({ name, title, says, isOn }: PlaygroundSwitch) {
  return { name, title, says, is_on: isOn() };
}
