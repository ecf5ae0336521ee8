import type { Answers } from "../../../core/domain/form/field.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type HostingRules, type HostingRuntime, noDatabase } from "../../../core/domain/hosting/hosting-rules.ts";
import { applicationFiles, imageReference, port } from "../../../core/domain/procedures/hosting-questions.ts";

/** What a question of hosting says of what the profile has and was answered before; nothing: its usual words. */
export function askForHosting(
  field: string,
  answers: Answers,
  hosting: HostingRules | undefined,
): { ask: string; askWithoutSkip?: string } | undefined {
  if (field === imageReference.name) return { ask: askForReference(hosting?.registries ?? []) };
  const runtime = hosting?.runtimes.find(({ name }) => name === answers.runtime);
  if (field === port.name && runtime !== undefined) return { ask: askForPort(runtime) };
  if (field !== applicationFiles.name) return undefined;
  const isFetched = answers[imageReference.name] !== undefined;
  if (runtime === undefined) return isFetched ? { ask: askForDump, askWithoutSkip: askForDump } : undefined;
  const wanted = [
    ...(!isFetched ? [fileOf(runtime.made !== undefined)] : []),
    ...((answers.database ?? noDatabase) === noDatabase ? [] : ["dump basis datanya (.sql atau .sql.gz)"]),
  ];
  // What a change brings has to be there.
  const end = answers.change === undefined ? "Bila sudah atau belum ada" : "Bila sudah";
  return { ask: `Kirim ${wanted.join(", dan ")}. Mesin memeriksanya. ${end}, tekan Lanjut.` };
}

const longestName = 40;
const mostNames = 5;

/** Files count together: who hands in others has to hand in again what is still to be used. */
export function askInPlaceOf(formerFiles: readonly string[], ask: string): string {
  if (formerFiles.length === 0) return ask;
  const names = formerFiles.slice(0, mostNames).map((name) => shorten(name, longestName));
  const more = formerFiles.length > mostNames ? ` dan ${formerFiles.length - mostNames} lainnya` : "";
  return `${ask}\n⚠️ Yang dimasukkan sebelumnya tidak dipakai lagi: ${names.join(", ")}${more}. Bila masih dipakai, kirim lagi bersama yang baru.`;
}

const askForDump = "Kirim dump basis datanya bila ada (.sql atau .sql.gz). Bila sudah atau tidak ada, tekan Lanjut.";

/** What is made of an archive has no image that anybody has seen. */
function askForPort(runtime: HostingRuntime): string {
  const where = runtime.made === undefined ? " di dalam image" : "";
  return `Pada port berapa aplikasi menjawab${where}? Tekan Lewati bila memakai port bawaan runtime (${runtime.port}).`;
}

function fileOf(isMade: boolean): string {
  return isMade
    ? "arsip aplikasinya (.zip atau .tar.gz) beserta paketnya (contoh: vendor, node_modules)"
    : "image-nya (hasil docker save)";
}

function askForReference(registries: readonly string[]): string {
  const example = `${registries[0]}/simpeg@sha256:…`;
  return `Image-nya ada di registry ${registries.join(" atau ")}? Ketik rujukannya dengan digest (contoh: ${example}). Bila dikirim sebagai berkas, kirim berkasnya sekarang, atau tekan Lewati.`;
}
