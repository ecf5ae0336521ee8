/** What a person's app would not do, in the words that the page shows. `status` is that of the playground's HTTP answer. */
export class PersonRefusal extends Error {
  readonly status: 400 | 404 | 405 | 409 | 413;

  constructor(status: PersonRefusal["status"], sentence: string) {
    super(sentence);
    this.name = "PersonRefusal";
    this.status = status;
  }
}
