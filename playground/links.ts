import type { Profile } from "../config/profile.ts";
import type { FirstTarget } from "../core/actions/monitoring/prepare-targets.ts";
import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import type { PlaygroundSwitch, SwitchGroup } from "../telegram-server/server.ts";
import { type PlayedThing, playedRegency, trunkName } from "./regency.ts";
import { openServers, type PlayedServers } from "./servers.ts";

/** The links of the playground: servers on the machine itself that are asked for real, and switches that cut them. */
export type PlayedLinks = {
  targets: FirstTarget[];
  /** that may be asked, and no others */
  addresses: string[];
  switches: SwitchGroup[];
  /** command of macOS that adds the addresses which this machine lacks, so that there are no links; absent: it lacks none */
  lacks?: string;
  close(): Promise<void>;
};

/** None where the machine's loopback is one address only. @param open listens at the addresses */
export async function openPlayedLinks(profile: Profile, open = openServers): Promise<PlayedLinks> {
  const things = playedRegency(profile);
  try {
    const servers = await open(things);
    return {
      targets: things.map((thing) => targetOf(thing, servers)),
      addresses: things.map(({ address }) => address),
      switches: [{ title: "Link", switches: switchesOf(things, servers) }],
      close: () => servers.close(),
    };
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "EADDRNOTAVAIL") return noLinks(things.length);
    throw fault;
  }
}

function noLinks(count: number): PlayedLinks {
  const lacks = `for n in $(seq ${count}); do sudo ifconfig lo0 alias 127.77.0.$n up; done`;
  const note = `Di mesin ini tidak ada link untuk dimainkan: alamat loopback-nya hanya satu. Tambahkan dengan perintah ini, lalu mulai lagi: ${lacks}`;
  return {
    targets: [],
    addresses: [],
    switches: [{ title: "Link", switches: [], note }],
    lacks,
    close: async () => {},
  };
}

function targetOf(thing: PlayedThing, { ports }: PlayedServers): FirstTarget {
  const { kind, name, officeCode, behind, answers } = thing;
  const settings = settingsOf(thing, ports.get(name) ?? 0);
  return { kind, officeCode, behind, answers: { name, ...answers }, settings };
}

function settingsOf({ name, address, asked }: PlayedThing, port: number): CheckSettings {
  if (asked === "port") return { kind: "tcp", address, port };
  return { kind: "http", url: `http://${address}:${port}/`, status: null, text: name };
}

function switchesOf(things: readonly PlayedThing[], servers: PlayedServers): PlaygroundSwitch[] {
  const link = things.find(({ kind, behind }) => kind === "link" && behind === trunkName);
  const application = things.find(({ kind }) => kind === "application");
  const cut = (name: string, of: string | undefined, title: string, says: string): PlaygroundSwitch[] => {
    if (of === undefined) return [];
    const turn = (isOn: boolean) => servers.setCut(of, isOn);
    return [{ name, title: `${of} ${title}`, says, isOn: () => servers.isCut(of), turn }];
  };
  return [
    ...cut("cut-trunk", trunkName, "putus", "Kantor-kantor di belakangnya ikut terputus: satu pesan untuk semuanya."),
    ...cut("cut-link", link?.name, "putus", "Hanya kantor itu yang terputus."),
    ...cut("stop-application", application?.name, "mati", "Halamannya tidak menjawab."),
  ];
}
