import type { Register } from "../../../core/domain/form/field.ts";
import { type HostingRules, type HostingSize, noDatabase } from "../../../core/domain/hosting/hosting-rules.ts";
import { type AccessKind, isAccessKind } from "../../../core/domain/hosting/vendor-access.ts";

/** How an answer that names something of the profile is read; undefined: it names none, or none any more. */
export function titleOfOffered(
  register: Register,
  name: string,
  hosting: HostingRules | undefined,
): string | undefined {
  if (register === "access-kinds") return isAccessKind(name) ? accessKindTitles[name] : undefined;
  if (register === "hosting-databases" && name === noDatabase) return withoutDatabase;
  if (register === "hosting-runtimes") return hosting?.runtimes.find((each) => each.name === name)?.title;
  if (register === "hosting-databases") return hosting?.databases.find((each) => each.name === name)?.title;
  if (register === "hosting-targets" || register === "platform-targets")
    return hosting?.targets.find((each) => each.name === name)?.title;
  const size = register === "hosting-sizes" ? hosting?.sizes.find((each) => each.name === name) : undefined;
  return size && showSize(size);
}

export const accessKindTitles: Record<AccessKind, string> = {
  sftp: "SFTP (kirim dan ambil berkas)",
  shell: "Shell (perintah di samping berkas)",
  "database-read": "Basis data (hanya membaca)",
  "database-change": "Basis data (membaca dan mengubah)",
};

export const withoutDatabase = "Tanpa basis data";

export const reachWords = { internet: "internet dan intranet", intranet: "intranet saja" };

/** "Kecil (256 MB, 0,5 CPU)" */
export function showSize({ title, memoryMb, cpus }: HostingSize): string {
  return `${title} (${memoryMb} MB, ${showCpus(cpus)} CPU)`;
}

export function showCpus(cpus: number): string {
  return String(cpus).replace(".", ",");
}
