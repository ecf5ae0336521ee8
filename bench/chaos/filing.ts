import { fieldWords, wordsOf, wordsOfFiled } from "../../bot/replies/procedure-words.ts";
import { type Catalogue, type Filing, findFiling, wordsQuestion } from "../../core/domain/catalogue/catalogue.ts";
import { procedures } from "../../core/domain/procedures/index.ts";
import { asksOfHosted, type Procedure } from "../../core/domain/procedures/procedure.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import { buttonsOf } from "../../test/crash/person.ts";
import { type Book, type KnownTicket, type Person, write } from "./book.ts";
import { fillIn } from "./form.ts";
import { hasButton, isCard, type Sight, type Telephone, ticketOf } from "./telephone.ts";

const confirmation = "Tiket Anda sudah diterima";
const moreRequests = "Berikutnya ▶️";

/** Everything that can be filed in a town where no machine hosts anything. */
export function kindsOf(catalogue: Catalogue): Filing[] {
  const wanted = [
    ...procedures.filter(isOffered).map(({ name }) => ({ procedure: name })),
    ...catalogue.map(({ name }) => ({ item: name })),
  ];
  return wanted.flatMap((each) => findFiling(each, catalogue) ?? []);
}

/** What is asked of a register is hosted; what the desk files is not in the menu. */
function isOffered({ menu, form }: Procedure): boolean {
  return menu !== "catalogue" && menu !== "desk" && !asksOfHosted({ form });
}

export function nameOf({ item, procedure }: Filing): string {
  return item ?? procedure.name;
}

/** From the menu to the number that the requester is told. */
export async function fileTicket(
  person: Person,
  filing: Filing,
  book: Book,
  catalogue: Catalogue,
): Promise<KnownTicket> {
  const { telephone } = person;
  const { procedure, item, form } = filing;
  const words = wordsOfFiled({ procedure: procedure.name, item }, catalogue);
  book.fileCount += 1;
  const description = `Keluhan ${book.fileCount} dari ${person.name}`;
  await chooseKind(telephone, filing);
  const since = telephone.mark();
  const asked = {
    title: item === null ? words.file : `Ajukan permintaan: ${filing.subjectOf({})}`,
    fields: form,
    wordsFor: (field: string) => fieldWords(words, field),
    given: { [wordsQuestion]: description },
  };
  const { message } = await fillIn(person, asked, since, (sent) => telephone.since(sent).find(isConfirmation));
  const ticket: KnownTicket = {
    id: ticketOf(message),
    requester: person,
    filing,
    kind: nameOf(filing),
    description,
    state: procedure.initial,
    deeds: ["filed"],
    replies: [],
    diary: [],
    isBusy: false,
    isRated: false,
  };
  if (!message.text?.includes(description))
    throw new Error(`${person.name} was told ${ticketNumber(ticket.id)} for what is something else: ${message.text}`);
  write(ticket, person, `has filed it as ${ticket.kind}`);
  book.noteFiling(ticket);
  return ticket;
}

export function isConfirmation({ message, isCopy, isNew }: Sight): boolean {
  return isNew && !isCopy && isCard(message) && message.text?.includes(confirmation) === true;
}

/** As people find it: in the menu, or page by page in the list of requests. */
async function chooseKind(telephone: Telephone, { procedure, item, subjectOf }: Filing): Promise<void> {
  const isInMenu = procedure.menu === "incident" || procedure.menu === "own";
  const { file, title } = wordsOf(procedure);
  const since = telephone.mark();
  telephone.say(isInMenu ? "/menu" : "/permintaan");
  const label = isInMenu
    ? `${procedure.menu === "own" ? "⚠️" : "📣"} ${file}`
    : `📝 ${item === null ? title : subjectOf({})}`;
  for (let page = 1; ; page += 1) {
    const isPage = ({ message }: Sight) =>
      isInMenu
        ? hasButton(message, label)
        : message.text?.startsWith(page === 1 ? "📝 Ajukan permintaan\n" : `📝 Ajukan permintaan, halaman ${page}`);
    const { message } = await telephone.waitFor(`page ${page} of what can be filed`, () =>
      telephone.since(since).findLast(isPage),
    );
    if (hasButton(message, label)) return telephone.press(message, label);
    if (!buttonsOf(message).some(({ text }) => text === moreRequests)) throw new Error(`nobody offers ${label}`);
    telephone.press(message, moreRequests);
  }
}
