import type { Answers } from "../form/field.ts";
import { hostOf } from "../form/web-address.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import type { CheckSettings } from "./check.ts";

/** By which column a list says how something is watched; one way of a kind. A name server's answer takes more than a cell. */
export const checkColumns = { icmp: "alamat_ping", tcp: "alamat_port", http: "halaman_web" } as const;

export type ListedKind = keyof typeof checkColumns;

export const listedKinds = Object.keys(checkColumns) as ListedKind[];

/** @property answers of `checkFields` */
export type ListedCheck = { kind: ListedKind; answers: Answers };

/** "10.20.1.5:443", "simpeg.labura.go.id:443" or "[fd00::5]:443" */
const withPort = /^(?:\[(?<inBrackets>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d+)$/;

export function checkInCell(kind: ListedKind, cell: string): Outcome<ListedCheck> {
  if (kind === "icmp") return accept({ kind, answers: { check: kind, address: cell } });
  if (kind === "http") return accept({ kind, answers: { check: kind, url: cell } });
  const { inBrackets, host = inBrackets, port } = withPort.exec(cell)?.groups ?? {};
  if (host === undefined || port === undefined) return refuse("cell-without-port", { field: "port" });
  return accept({ kind, answers: { check: kind, host, port } });
}

/** null: no cell says it */
export function cellOfCheck(settings: CheckSettings): string | null {
  switch (settings.kind) {
    case "icmp":
      return settings.address;
    case "tcp":
      return `${settings.address.includes(":") ? `[${settings.address}]` : settings.address}:${settings.port}`;
    case "http":
      return settings.url;
    default:
      return null;
  }
}

/** The name or the address that is asked. */
export function hostInCheck({ answers: { address, host, url = "" } }: ListedCheck): string {
  const page = URL.parse(url);
  return address ?? host ?? (page === null ? "" : hostOf(page));
}
