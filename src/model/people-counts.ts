/** How many people wrote to the page, and whose PSIDs theirs are. */
export interface PeopleCounts {
  readonly people: number;
  /** Users of whom nothing is known but what they told the page. */
  readonly anonymous: number;
  /** PSIDs that a rule of `people.join` gave to a user of the data. */
  readonly joined: number;
  /** PSIDs that may be one of several users, so that nothing was joined. */
  readonly severalUsers: number;
  /** PSIDs that may be a user who has another PSID. */
  readonly secondPsid: number;
}
