import { groupOf, type PlaygroundGroup, statusOf } from "../groups.ts";
import { isObject, jsonOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { State } from "../state.ts";
import type { BotCommand } from "../types.ts";
import { type PersonEvent, type PlaygroundPerson, userOf, type World } from "../world.ts";
import type { Method } from "./call.ts";

/** source: Bot API, setMyCommands and BotCommand */
const mostCommands = 100;
const longestCommand = 32;
const longestDescription = 256;

export const setMyCommands: Method = (world, { parameters }) => {
  const commands = readCommands(parameters);
  keep(world, scopeIn(world, parameters), commands);
  return true;
};

export const deleteMyCommands: Method = (world, { parameters }) => {
  keep(world, scopeIn(world, parameters), []);
  return true;
};

export const getMyCommands: Method = (world, { parameters }) =>
  world.state.commands.get(scopeIn(world, parameters)) ?? [];

/** The menu that this person sees: the narrowest scope wins, and in it the app's language. source: Bot API, BotCommandScope */
export function commandsFor(state: State, person: PlaygroundPerson): BotCommand[] {
  return narrowest(state, person, [`chat ${person.id}`, "all_private_chats", "default"]);
}

/** The menu that this person sees in that group. */
export function commandsInGroup(state: State, person: PlaygroundPerson, group: PlaygroundGroup): BotCommand[] {
  const isAdministrator = ["creator", "administrator"].includes(statusOf(group, person.id));
  const ofAdministrators = isAdministrator ? ["all_chat_administrators"] : [];
  return narrowest(state, person, [`chat ${group.id}`, ...ofAdministrators, "all_group_chats", "default"]);
}

function narrowest(state: State, person: PlaygroundPerson, scopes: string[]): BotCommand[] {
  const language = userOf(person).language_code ?? "";
  for (const scope of scopes) {
    const commands = state.commands.get(`${scope} ${language}`) ?? state.commands.get(`${scope} `);
    if (commands !== undefined) return commands;
  }
  return [];
}

function keep(world: World, scope: string, commands: BotCommand[]): void {
  const people = [...world.people.values()];
  const before = people.map((person) => JSON.stringify(commandsFor(world.state, person)));
  world.record([{ change: "commands", scope, commands }]);
  const events: PersonEvent[] = [];
  for (const [index, person] of people.entries()) {
    const seen = commandsFor(world.state, person);
    if (JSON.stringify(seen) !== before[index]) events.push({ type: "commands", personId: person.id, commands: seen });
  }
  world.record([], ...events);
}

/**
 * "all_private_chats id", "chat 1001 ": scope and language, the key under which the commands are kept.
 *
 * @throws Refusal 400
 */
function scopeIn(world: World, parameters: Parameters): string {
  const language = textOf(parameters, "language_code");
  if (language !== "" && !/^[a-z]{2}$/.test(language)) throw badRequest("invalid language code specified");
  const scope = jsonOf(parameters, "scope", "BotCommandScope");
  if (scope === undefined) return `default ${language}`;
  const context = "can't parse BotCommandScope";
  if (!isObject(scope)) throw badRequest(`${context}: BotCommandScope must be an Object`);
  switch (scope.type) {
    case undefined:
      throw badRequest(`${context}: Can't find field "type"`);
    case "default":
    case "all_private_chats":
    case "all_group_chats":
    case "all_chat_administrators":
      return `${scope.type} ${language}`;
    case "chat": {
      if (scope.chat_id === undefined) throw badRequest(`${context}: Can't find field "chat_id"`);
      const chatId = Number(scope.chat_id);
      if (!world.people.has(chatId) && groupOf(world, chatId) === undefined) throw badRequest("chat not found");
      return `chat ${chatId} ${language}`;
    }
    default:
      throw badRequest(`${context}: Unsupported type specified`);
  }
}

function readCommands(parameters: Parameters): BotCommand[] {
  const given = jsonOf(parameters, "commands", "commands") ?? [];
  if (!Array.isArray(given)) throw badRequest("expected an Array of BotCommand");
  const commands = given.map(readCommand);
  if (commands.length > mostCommands) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  return commands;
}

function readCommand(value: unknown): BotCommand {
  const context = "can't parse BotCommand";
  if (!isObject(value)) throw badRequest(`${context}: expected an Object`);
  for (const field of ["command", "description"]) {
    if (value[field] === undefined) throw badRequest(`${context}: Can't find field "${field}"`);
    if (typeof value[field] !== "string") throw badRequest(`${context}: Field "${field}" must be of type String`);
  }
  const command = String(value.command).trim().replace(/^\//, "");
  const description = String(value.description).trim();
  if (command === "") throw badRequest("command must be non-empty");
  if ([...command].length > longestCommand) throw badRequest(`command length must not exceed ${longestCommand}`);
  if (description === "") throw badRequest("command description must be non-empty");
  if ([...description].length > longestDescription) {
    throw badRequest(`command description length must not exceed ${longestDescription}`);
  }
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
  return { command, description };
}
