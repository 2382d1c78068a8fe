/** The dialplan does something of which the simulation cannot tell what comes of it: the call is not judged, never guessed at. */
export class NotJudged extends Error {}
