import { readdir, readFile } from "node:fs/promises";
import type { Faults } from "./faults.ts";
import { allGroups, chatOfGroup, type PlaygroundGroup, topicsOf } from "./groups.ts";
import type { People } from "./people.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { actions } from "./playground-actions.ts";
import { openEventStreams } from "./playground-events.ts";
import { controlFaults } from "./playground-faults.ts";
import { fileResponse } from "./playground-files.ts";
import { refuseForeign } from "./playground-guard.ts";
import { controlSwitches, type SwitchGroup } from "./playground-switches.ts";
import { Refusal } from "./refusal.ts";
import type { PlaygroundPerson, World } from "./world.ts";

const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** What may be fetched, by path: the page, its styles and scripts. Listed once, so that no path from outside reaches the disk. */
async function staticFiles(): Promise<Map<string, { file: string; type: string }>> {
  const files = new Map<string, { file: string; type: string }>();
  for (const file of await readdir(new URL("playground/", import.meta.url))) {
    const type = types[/^[a-z-]+\.([a-z]+)$/.exec(file)?.[1] ?? ""];
    if (type !== undefined) files.set(file === "page.html" ? "/playground" : `/playground/${file}`, { file, type });
  }
  return files;
}

export type Playground = { handle(request: Request): Promise<Response>; close(): void };

/** The page and the HTTP API through which one browser plays the people. Errors are `{ error: sentence }`. */
export async function openPlayground(
  world: World,
  people: People,
  faults: Faults,
  switches: readonly SwitchGroup[],
): Promise<Playground> {
  const files = await staticFiles();
  const streams = openEventStreams(people, faults);

  async function route(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const controlled = (await controlFaults(faults, request)) ?? (await controlSwitches(switches, request));
    if (controlled !== undefined) return json(200, controlled);
    if (request.method === "GET") {
      const page = files.get(pathname);
      if (page !== undefined) return await staticResponse(page);
      if (pathname === "/playground/api/people") return json(200, everybody(world, people));
      if (pathname === "/playground/api/events") return streams.open();
      const fileId = /^\/playground\/files\/([A-Za-z0-9_-]+)$/.exec(pathname)?.[1];
      if (fileId !== undefined) return await fileResponse(world, fileId);
      const groupId = /^\/playground\/api\/groups\/(-\d+)$/.exec(pathname)?.[1];
      if (groupId !== undefined) return json(200, { messages: people.groupMessages(Number(groupId)) });
      const personId = /^\/playground\/api\/people\/(\d+)\/chat$/.exec(pathname)?.[1];
      if (personId !== undefined) return json(200, chat(people, Number(personId)));
      return json(404, { error: "Tidak ada apa-apa di alamat ini." });
    }
    const [, personId, action] = /^\/playground\/api\/people\/(\d+)\/([a-z]+)$/.exec(pathname) ?? [];
    const act = action !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (act === undefined) return json(404, { error: "Tidak ada apa-apa di alamat ini." });
    if (request.method !== "POST") return json(405, { error: "Alamat ini hanya menerima POST." });
    return json(200, await act(people, Number(personId), request));
  }

  return {
    async handle(request) {
      try {
        return refuseForeign(request) ?? (await route(request));
      } catch (error) {
        if (error instanceof PersonRefusal) return json(error.status, { error: error.message });
        if (error instanceof Refusal) {
          const isTooLarge = error.code === 413;
          return json(error.code, {
            error: isTooLarge ? "Berkas paling besar 50 MB." : "Formulir tidak dapat dibaca.",
          });
        }
        console.error("answering a playground request", error);
        return json(500, { error: "Server tidak dapat melakukannya. Lihat catatan server." });
      }
    },
    close: streams.close,
  };
}

function everybody(world: World, apps: People) {
  const { bot, people } = world;
  const asPlayed = (person: PlaygroundPerson) => ({
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    username: person.username,
    label: person.label,
    ...apps.standing(person.id),
  });
  return {
    bot: { id: bot.id, first_name: bot.first_name, username: bot.username },
    people: [...people.values()].map(asPlayed),
    groups: allGroups(world)
      .filter((group) => isPlayed(world, apps, group))
      .map((group) => asShown(world, apps, group)),
    ...(world.mapPoint === undefined ? {} : { map_point: world.mapPoint }),
  };
}

/** A group in which somebody is who is played; after a migration only the new one. */
function isPlayed(world: World, apps: People, group: PlaygroundGroup): boolean {
  return playedMembers(world, group).some((member) => apps.groups(member).some(({ id }) => id === group.id));
}

function playedMembers(world: World, { members = [] }: PlaygroundGroup): number[] {
  return members.filter((member) => world.people.has(member));
}

function asShown(world: World, apps: People, group: PlaygroundGroup) {
  const { id } = group;
  const members = playedMembers(world, group);
  return {
    ...chatOfGroup(group),
    members,
    topics: topicsOf(world, id).map(({ id, name, isClosed }) => ({ id, name, is_closed: isClosed })),
    commands: Object.fromEntries(members.map((member) => [member, apps.groupCommands(member, id)])),
  };
}

function chat(people: People, personId: number) {
  return { messages: people.messages(personId), commands: people.commands(personId), ...people.standing(personId) };
}

async function staticResponse({ file, type }: { file: string; type: string }): Promise<Response> {
  const bytes = await readFile(new URL(`playground/${file}`, import.meta.url));
  return new Response(bytes, { headers: { ...pageHeaders, ...everywhere, "content-type": type } });
}

const everywhere = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

function json(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: everywhere });
}
