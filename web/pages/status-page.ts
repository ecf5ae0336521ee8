import { html } from "hono/html";
import { type PublicKind, type PublicService, publicKinds } from "../../core/domain/monitoring/public-status.ts";
import type { State } from "../../core/domain/monitoring/state.ts";
import { page } from "./layout.ts";
import { showTime } from "./words.ts";

const stateWords: Record<State, { icon: string; label: string }> = {
  up: { icon: "🟢", label: "Normal" },
  degraded: { icon: "🟡", label: "Menurun" },
  down: { icon: "🔴", label: "Terputus" },
  unknown: { icon: "⚪", label: "Tidak diketahui" },
};

/** A job that gives no word. */
const silent = { icon: "🔴", label: "Tidak berkabar" };

const headings: Record<PublicKind, string> = {
  ...{ applications: "Aplikasi", offices: "Jaringan kantor", jobs: "Pekerjaan berkala" },
};

const refreshSeconds = 60;

/** Where and when it is shown. @property label of the zone, "WIB" @property stopped since when nobody looks, if so */
type Shown = { stopped: Date | undefined; regency: string; now: Date; zone: string; label: string };

/** How public services stand. It has no script; the browser fetches it anew by itself. */
export function statusPage(services: readonly PublicService[], shown: Shown) {
  return page(
    `Status layanan ${shown.regency}`,
    html`${stoppedNote(shown)}<p><strong>${summaryOf(services)}</strong></p>
${publicKinds.map((kind) => section(kind, services, shown))}
<p>Keadaan pada ${showTime(shown.now, shown)}. Halaman ini diperbarui sendiri.</p>`,
    { assets: "assets", refreshSeconds },
  );
}

/** What nobody knows is not said to be well. */
function summaryOf(services: readonly PublicService[]): string {
  const count = (state: State, areJobs: boolean) =>
    services.filter((service) => service.state === state && (service.kind === "jobs") === areJobs).length;
  const counted = [
    { count: count("down", false), words: "layanan terputus." },
    { count: count("down", true), words: "pekerjaan berkala tidak berkabar." },
    { count: count("unknown", false), words: "layanan tidak diketahui keadaannya." },
    { count: count("unknown", true), words: "pekerjaan berkala tidak diketahui keadaannya." },
  ].filter((each) => each.count > 0);
  if (counted.length === 0) return "Tidak ada layanan yang terputus.";
  return counted.map((each) => `${each.count} ${each.words}`).join(" ");
}

function stoppedNote({ stopped, ...shown }: Shown) {
  if (stopped === undefined) return "";
  return html`<p>⚠️ Pemantau tidak berjalan sejak ${showTime(stopped, shown)}. Yang tertulis ini keadaan saat itu.</p>
`;
}

function section(kind: PublicKind, services: readonly PublicService[], shown: Shown) {
  const own = services.filter((service) => service.kind === kind);
  if (own.length === 0) return "";
  return html`<h2>${headings[kind]}</h2>
<ul class="services">
${own.map((service) => line(service, shown))}
</ul>
`;
}

function line({ kind, name, state, since, maintenance }: PublicService, shown: Shown) {
  const { icon, label } = kind === "jobs" && state === "down" ? silent : stateWords[state];
  const sinceWords = since === null || state === "up" ? "" : `, sejak ${showTime(since, shown)}`;
  return html`<li><strong>${name}</strong>: ${icon} ${label}${sinceWords}
${maintenance.map((window) => html`<br>🛠 Pemeliharaan ${spanOf(window, shown)}`)}</li>
`;
}

function spanOf({ beginsAt, endsAt }: PublicService["maintenance"][number], shown: Shown): string {
  const until = `sampai ${showTime(endsAt, shown)}`;
  return beginsAt <= shown.now ? until : `terjadwal ${showTime(beginsAt, shown)} ${until}`;
}
