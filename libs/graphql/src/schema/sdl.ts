// Made from schema/*.graphql by schema.spec.ts; change those.
export const sdl = `"What every command on a lab answers."
interface CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"How an earlier command ended."
type CommandRecord {
  "As chosen by the client."
  commandId: ID!
  "The lab it was for."
  labId: String!
  "Whether it was carried out."
  isAccepted: Boolean!
  "Why it was refused; empty when accepted."
  userErrors: [UserError!]!
  "Ids it made."
  ids: [KeyValue!]!
  "What Docker warned of."
  warnings: [String!]!
  "Of its commit; null when it left no trace."
  position: LogPosition
  "Of the lab after it."
  version: LabVersion!
  "On the clock of the lab."
  labTime: DateTime!
}

"Why a command was not carried out."
type UserError {
  "From the list of refusals. Branch on this or on \`class\`, never on \`message\`."
  code: String!
  "What kind of refusal."
  class: RefusalClass!
  "What Docker says, byte for byte, or the problem in plain words."
  message: String!
  "Path of the offending field within the input."
  field: [String!]
  "What to do about it, where we know."
  fix: String
}

"What kind of refusal."
enum RefusalClass {
  "There is no such thing."
  NOT_FOUND
  "It clashes with what is there."
  CONFLICT
  "The request makes no sense."
  INVALID_PARAMETER
  "It is not allowed."
  FORBIDDEN
  "It cannot be done in this state."
  UNAVAILABLE
  "Docker can do it, and we cannot yet."
  NOT_IMPLEMENTED
  "Docker calls it a fault of its own."
  INTERNAL
  "It already is as asked for."
  NOT_MODIFIED
}

"A page of effects."
type EffectConnection {
  "The page with a cursor for each."
  edges: [EffectEdge!]!
  "The page without cursors."
  nodes: [Effect!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of effects with its place."
type EffectEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Effect!
}

"One thing of a lab that a command added, changed or removed."
type Effect {
  "What kind of thing."
  kind: EffectKind!
  "What became of it."
  change: EffectChange!
  "Which one: host and the names that tell it apart."
  subject: String!
  "The host it is on."
  host: String
  "How it is afterwards; of what is gone, how it was or what told it apart."
  fields: JSON!
}

"What became of a thing."
enum EffectChange {
  "It is new."
  ADDED
  "It has other fields than before."
  CHANGED
  "It is gone."
  REMOVED
}

"What kind of thing an effect is about."
enum EffectKind {
  "A lab."
  LAB
  "A host."
  HOST
  "A network."
  NETWORK
  "A container."
  CONTAINER
  "A sandbox."
  SANDBOX
  "An endpoint."
  ENDPOINT
  "An interface."
  INTERFACE
  "A route."
  ROUTE
  "A chain of the firewall."
  CHAIN
  "A rule of the firewall."
  RULE
  "A forwarding entry."
  FORWARDING
  "A neighbour entry."
  NEIGHBOUR
  "A published port."
  PUBLISHED_PORT
  "A DNS name."
  DNS_NAME
  "A socket."
  SOCKET
  "A process."
  PROCESS
}

"What one command caused in a lab."
type Commit implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "For \`labCommits(after:)\`."
  cursor: String!
  "The lab right after it."
  lab: Lab!
  "Over all labs of its writer."
  position: LogPosition!
  "The version of the lab that it made."
  version: LabVersion!
  "The command that caused it."
  commandId: ID!
  "What it belongs to, e.g. one typed line."
  correlationId: String!
  "What caused the command."
  causationId: String
  "Who gave the command."
  actorId: String!
  "Where the command came in."
  face: Face!
  "The line as typed, where there is one."
  commandText: String
  "On the clock of the server."
  recordedAt: DateTime!
  "On the clock of the lab."
  labTime: DateTime!
  "What happened, in order. Bounded by the size of a commit."
  facts: [Fact!]!
  "Hash of the commit before it; zeros for the first."
  previousHash: String!
  "SHA-256 over it and the hash before it."
  hash: String!
}

"A page of commits."
type CommitConnection {
  "The page with a cursor for each."
  edges: [CommitEdge!]!
  "The page without cursors."
  nodes: [Commit!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of commits with its place."
type CommitEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Commit!
}

"One thing that happened."
type Fact {
  "What, in the past tense, e.g. \`NetworkCreated\`."
  type: String!
  "What was decided."
  data: JSON!
}

"Where a command came in."
enum Face {
  "This API."
  GRAPHQL
  "The Docker API of a simulated host."
  DOCKER
  "The command line."
  CLI
  "The command topic."
  KAFKA
  "The clock of the lab."
  TIMER
}

"Creates a container, as a part of \`commandsApply\`."
input ContainerCreateStep {
  "The host it is for."
  host: String!
  "Empty: the engine makes one up."
  name: String! = ""
  "Image reference."
  image: String!
  "Null: the image's own."
  command: [String!]
  "Null: the image's own."
  entrypoint: [String!]
  "\`NAME=value\` each."
  environment: [String!]! = []
  "Labels."
  labels: [KeyValueInput!]! = []
  "Empty: the start of its id."
  hostname: String! = ""
  "Domain of its hostname."
  domainname: String! = ""
  "Whom it runs as."
  user: String! = ""
  "Where it starts."
  workingDir: String! = ""
  "Empty: the engine makes one up."
  macAddress: String! = ""
  "With a terminal."
  tty: Boolean! = false
  "Keeps standard input open."
  openStdin: Boolean! = false
  "Empty: the image's own."
  stopSignal: String! = ""
  "Null: the engine's ten."
  stopTimeoutSeconds: Int
  "Like \`80/tcp\`; those published are exposed anyway."
  exposedPorts: [String!]! = []
  "Ports to publish."
  publish: [PortBindingInput!]! = []
  "Publish what is exposed on ephemeral ports."
  publishAllPorts: Boolean! = false
  "\`default\`, \`bridge\`, \`host\`, \`none\`, \`container:…\`, or a network."
  networkMode: String! = "default"
  "How it is attached to its networks."
  endpoints: [NamedEndpointInput!]! = []
  "\`container:alias\` each; only on the default bridge."
  links: [String!]! = []
  "Name servers."
  dns: [String!]! = []
  "Search domains."
  dnsSearch: [String!]! = []
  "Options of the resolver."
  dnsOptions: [String!]! = []
  "\`name:address\` each."
  extraHosts: [String!]! = []
  "Remove it when it ends."
  autoRemove: Boolean! = false
  "When to start it again."
  restartPolicy: RestartPolicyInput
  "With all rights on the host."
  privileged: Boolean! = false
}

"Creates a container."
input ContainerCreateInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Empty: the engine makes one up."
  name: String! = ""
  "Image reference."
  image: String!
  "Null: the image's own."
  command: [String!]
  "Null: the image's own."
  entrypoint: [String!]
  "\`NAME=value\` each."
  environment: [String!]! = []
  "Labels."
  labels: [KeyValueInput!]! = []
  "Empty: the start of its id."
  hostname: String! = ""
  "Domain of its hostname."
  domainname: String! = ""
  "Whom it runs as."
  user: String! = ""
  "Where it starts."
  workingDir: String! = ""
  "Empty: the engine makes one up."
  macAddress: String! = ""
  "With a terminal."
  tty: Boolean! = false
  "Keeps standard input open."
  openStdin: Boolean! = false
  "Empty: the image's own."
  stopSignal: String! = ""
  "Null: the engine's ten."
  stopTimeoutSeconds: Int
  "Like \`80/tcp\`; those published are exposed anyway."
  exposedPorts: [String!]! = []
  "Ports to publish."
  publish: [PortBindingInput!]! = []
  "Publish what is exposed on ephemeral ports."
  publishAllPorts: Boolean! = false
  "\`default\`, \`bridge\`, \`host\`, \`none\`, \`container:…\`, or a network."
  networkMode: String! = "default"
  "How it is attached to its networks."
  endpoints: [NamedEndpointInput!]! = []
  "\`container:alias\` each; only on the default bridge."
  links: [String!]! = []
  "Name servers."
  dns: [String!]! = []
  "Search domains."
  dnsSearch: [String!]! = []
  "Options of the resolver."
  dnsOptions: [String!]! = []
  "\`name:address\` each."
  extraHosts: [String!]! = []
  "Remove it when it ends."
  autoRemove: Boolean! = false
  "When to start it again."
  restartPolicy: RestartPolicyInput
  "With all rights on the host."
  privileged: Boolean! = false
}

"Answer of \`containerCreate\`."
type ContainerCreatePayload implements CommandPayload {
  "The new container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Starts a container, as a part of \`commandsApply\`."
input ContainerStartStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Starts a container."
input ContainerStartInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Answer of \`containerStart\`."
type ContainerStartPayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Stops a container, as a part of \`commandsApply\`."
input ContainerStopStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "How long it may take; null: its own setting."
  timeoutSeconds: Int
}

"Stops a container."
input ContainerStopInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "How long it may take; null: its own setting."
  timeoutSeconds: Int
}

"Answer of \`containerStop\`."
type ContainerStopPayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Stops and starts a container, as a part of \`commandsApply\`."
input ContainerRestartStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "How long stopping may take; null: its own setting."
  timeoutSeconds: Int
}

"Stops and starts a container."
input ContainerRestartInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "How long stopping may take; null: its own setting."
  timeoutSeconds: Int
}

"Answer of \`containerRestart\`."
type ContainerRestartPayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Sends a signal to a container, as a part of \`commandsApply\`."
input ContainerKillStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Name or number."
  signal: String! = "KILL"
}

"Sends a signal to a container."
input ContainerKillInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Name or number."
  signal: String! = "KILL"
}

"Answer of \`containerKill\`."
type ContainerKillPayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Freezes a container, as a part of \`commandsApply\`."
input ContainerPauseStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Freezes a container."
input ContainerPauseInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Answer of \`containerPause\`."
type ContainerPausePayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Thaws a container, as a part of \`commandsApply\`."
input ContainerUnpauseStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Thaws a container."
input ContainerUnpauseInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
}

"Answer of \`containerUnpause\`."
type ContainerUnpausePayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Renames a container, as a part of \`commandsApply\`."
input ContainerRenameStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Its new name."
  name: String!
}

"Renames a container."
input ContainerRenameInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Its new name."
  name: String!
}

"Answer of \`containerRename\`."
type ContainerRenamePayload implements CommandPayload {
  "The container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes a container, as a part of \`commandsApply\`."
input ContainerRemoveStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Kill it first."
  force: Boolean! = false
  "Remove the link of this name, not the container."
  link: Boolean! = false
}

"Removes a container."
input ContainerRemoveInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Kill it first."
  force: Boolean! = false
  "Remove the link of this name, not the container."
  link: Boolean! = false
}

"Answer of \`containerRemove\`."
type ContainerRemovePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes every container of a host that does not run, as a part of \`commandsApply\`."
input ContainerPruneStep {
  "The host it is for."
  host: String!
  "Docker's filters."
  filters: [FilterInput!]! = []
}

"Removes every container of a host that does not run."
input ContainerPruneInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Docker's filters."
  filters: [FilterInput!]! = []
}

"Answer of \`containerPrune\`."
type ContainerPrunePayload implements CommandPayload {
  "Ids of what was removed."
  removedContainers: [String!]!

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"""
Creates and starts a container. The start is a command of its own: \`commandId\` with \`+start\`
behind it.
"""
input ContainerRunInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Empty: the engine makes one up."
  name: String! = ""
  "Image reference."
  image: String!
  "Null: the image's own."
  command: [String!]
  "Null: the image's own."
  entrypoint: [String!]
  "\`NAME=value\` each."
  environment: [String!]! = []
  "Labels."
  labels: [KeyValueInput!]! = []
  "Empty: the start of its id."
  hostname: String! = ""
  "Domain of its hostname."
  domainname: String! = ""
  "Whom it runs as."
  user: String! = ""
  "Where it starts."
  workingDir: String! = ""
  "Empty: the engine makes one up."
  macAddress: String! = ""
  "With a terminal."
  tty: Boolean! = false
  "Keeps standard input open."
  openStdin: Boolean! = false
  "Empty: the image's own."
  stopSignal: String! = ""
  "Null: the engine's ten."
  stopTimeoutSeconds: Int
  "Like \`80/tcp\`; those published are exposed anyway."
  exposedPorts: [String!]! = []
  "Ports to publish."
  publish: [PortBindingInput!]! = []
  "Publish what is exposed on ephemeral ports."
  publishAllPorts: Boolean! = false
  "\`default\`, \`bridge\`, \`host\`, \`none\`, \`container:…\`, or a network."
  networkMode: String! = "default"
  "How it is attached to its networks."
  endpoints: [NamedEndpointInput!]! = []
  "\`container:alias\` each; only on the default bridge."
  links: [String!]! = []
  "Name servers."
  dns: [String!]! = []
  "Search domains."
  dnsSearch: [String!]! = []
  "Options of the resolver."
  dnsOptions: [String!]! = []
  "\`name:address\` each."
  extraHosts: [String!]! = []
  "Remove it when it ends."
  autoRemove: Boolean! = false
  "When to start it again."
  restartPolicy: RestartPolicyInput
  "With all rights on the host."
  privileged: Boolean! = false
}

"""
Answer of \`containerRun\`. Position, version and effects are those of the last of the two
commands that was tried, and \`effects\` those of both.
"""
type ContainerRunPayload implements CommandPayload {
  "The new container."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"A port to publish."
input PortBindingInput {
  "Like \`80/tcp\`; without protocol it is TCP."
  containerPort: String!
  "Empty: every address."
  hostIp: String! = ""
  "Empty: an ephemeral one."
  hostPort: String! = ""
}

"When to start a container again."
input RestartPolicyInput {
  "\`no\`, \`always\`, \`unless-stopped\` or \`on-failure\`."
  name: String! = ""
  "For \`on-failure\`; 0: without end."
  maximumRetryCount: Int! = 0
}

"A container of one host."
type Container implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "64 hex digits."
  containerId: String!
  "Without the leading slash."
  name: String!
  "The host it is on."
  host: Host!
  "As asked for."
  image: String!
  "What it runs."
  command: [String!]!
  "Its state."
  status: ContainerStatus!
  "Of its last run; 0 before."
  exitCode: Int!
  "Why its last start failed."
  error: String
  "\`default\`, \`bridge\`, \`host\`, \`none\`, \`container:…\`, or a network."
  networkMode: String!
  "The stack it sees while running; null in host mode and when not running."
  sandbox: Sandbox
  "Its own hostname."
  hostname: String!
  "Labels given by its creator."
  labels: [KeyValue!]!
  "On the clock of the lab."
  createdAt: DateTime!
  "Of its last run."
  startedAt: DateTime
  "Of its last run."
  finishedAt: DateTime
  "Its attachments, in order of creation. Bounded by the networks of a host."
  endpoints: [Endpoint!]!
  "Its ports on the host. Bounded by the ports it publishes."
  publishedPorts: [PublishedPort!]!
}

"A page of containers."
type ContainerConnection {
  "The page with a cursor for each."
  edges: [ContainerEdge!]!
  "The page without cursors."
  nodes: [Container!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of containers with its place."
type ContainerEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Container!
}

"State of a container."
enum ContainerStatus {
  "Never started, or its start failed."
  CREATED
  "Its process runs."
  RUNNING
  "Its process is frozen."
  PAUSED
  "Its process has ended."
  EXITED
}

"A name that the embedded DNS answers on a network."
type DnsName implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Where it resolves."
  network: Network!
  "Lower case, without the suffix of the network."
  name: String!
  "Whom it names."
  endpoint: Endpoint
  "The answer."
  address: IPAddress!
  "Where it comes from."
  kind: DnsNameKind!
}

"A page of DNS names."
type DnsNameConnection {
  "The page with a cursor for each."
  edges: [DnsNameEdge!]!
  "The page without cursors."
  nodes: [DnsName!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of DNS names with its place."
type DnsNameEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: DnsName!
}

"Where a DNS name comes from."
enum DnsNameKind {
  "Name of the container."
  CONTAINER_NAME
  "First twelve digits of its id."
  SHORT_ID
  "An alias on the network."
  ALIAS
}

"The attachment of a container to a network."
type Endpoint implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "64 hex digits."
  endpointId: String!
  "The host it is on."
  host: Host!
  "What it is attached to."
  network: Network!
  "Name of the network."
  networkName: String!
  "What is attached."
  container: Container
  "The stack it has joined; null while the container does not run."
  sandbox: Sandbox
  "Its IPv4 address with prefix length."
  ipv4: CIDR
  "Its IPv6 address with prefix length."
  ipv6: CIDR
  "Its link-layer address."
  mac: MAC!
  "The next hop it offers."
  gateway: IPAddress
  "Whether the default route of its sandbox goes through it."
  isGatewayEndpoint: Boolean!
  "Further names on the network."
  aliases: [String!]!
  "Its name inside the sandbox, e.g. \`eth0\`."
  interfaceName: String
  "Its index inside the sandbox."
  interfaceIndex: Int
  "Its other end on the host, e.g. \`veth1a2b3c4\`."
  vethName: String
  "Index of the other end."
  vethInterfaceIndex: Int
  "Its interface inside the sandbox."
  interface: Interface
  "Its other end on the host."
  hostInterface: Interface
  "Routes of its sandbox that go through it. Bounded by its pools."
  routes: [Route!]!
}

"A page of endpoints."
type EndpointConnection {
  "The page with a cursor for each."
  edges: [EndpointEdge!]!
  "The page without cursors."
  nodes: [Endpoint!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of endpoints with its place."
type EndpointEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Endpoint!
}

"A forwarding entry, as \`bridge fdb\` shows it."
type Forwarding implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "The port."
  device: String!
  "Where frames for it go."
  mac: MAC!
  "The bridge that learnt it; null for entries of the device itself."
  bridge: String
  "Does not age."
  isPermanent: Boolean!
  "Tunnel end of a remote endpoint."
  remote: IPAddress
  "VLAN it is valid in."
  vlan: Int
}

"A page of forwarding entries."
type ForwardingConnection {
  "The page with a cursor for each."
  edges: [ForwardingEdge!]!
  "The page without cursors."
  nodes: [Forwarding!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of forwarding entries with its place."
type ForwardingEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Forwarding!
}

"Adds a simulated host to a lab, as a part of \`commandsApply\`."
input HostAddStep {
  "Its name within the lab, and its hostname."
  name: String!
  "Which generation of the engine it runs."
  engineProfile: String! = "20.10"
  """
  Null: one \`eth0\` on the first LAN, at .11 and on in the order of the hosts of a new lab; for
  a host that is added, at 10 more than the number its name ends in, on \`lan0\`.
  """
  nics: [NicInput!]
}

"Adds a simulated host to a lab."
input HostAddInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "Its name within the lab, and its hostname."
  name: String!
  "Which generation of the engine it runs."
  engineProfile: String! = "20.10"
  """
  Null: one \`eth0\` on the first LAN, at .11 and on in the order of the hosts of a new lab; for
  a host that is added, at 10 more than the number its name ends in, on \`lan0\`.
  """
  nics: [NicInput!]
}

"Answer of \`hostAdd\`."
type HostAddPayload implements CommandPayload {
  "The new host."
  host: Host

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes a simulated host with all that is on it, as a part of \`commandsApply\`."
input HostRemoveStep {
  "The host it is for."
  host: String!
}

"Removes a simulated host with all that is on it."
input HostRemoveInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
}

"Answer of \`hostRemove\`."
type HostRemovePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"""
Runs one command in the shell of a host, as root. What it reads is the recorded state of the
lab.
"""
input HostExecInput {
  "Id or name of the lab."
  lab: ID!
  "Name of the host."
  host: String!
  "Its argument vector."
  command: [String!]!
}

"Answer of \`hostExec\`."
type HostExecPayload {
  "What it printed."
  stdout: String!
  "What it complained of."
  stderr: String!
  "Null when it did not run."
  exitCode: Int
  "The version of the lab that it saw last."
  version: LabVersion
  "Why it did not run; empty when it did, whatever its exit code."
  userErrors: [UserError!]!
}

"A simulated host to be."
input HostInput {
  "Its name within the lab, and its hostname."
  name: String!
  "Which generation of the engine it runs."
  engineProfile: String! = "20.10"
  """
  Null: one \`eth0\` on the first LAN, at .11 and on in the order of the hosts of a new lab; for
  a host that is added, at 10 more than the number its name ends in, on \`lan0\`.
  """
  nics: [NicInput!]
}

"A card of a simulated host."
input NicInput {
  "Its name."
  name: String! = "eth0"
  "The LAN it is on."
  lan: String!
  "With prefix length, e.g. \`192.168.50.11/24\`."
  address: String!
  "Null: one made from the address."
  mac: String
  "Largest packet."
  mtuBytes: Int! = 1500
}

"A simulated machine with its Docker engine."
type Host implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!

  "Its name within the lab, and its hostname."
  name: String!

  "The lab it is part of."
  lab: Lab!

  "Which generation of the engine it runs, e.g. \`20.10\`."
  engineProfile: String!

  "The engine's id, as \`docker info\` shows it."
  engineId: String!

  "Address of its first NIC."
  address: CIDR!

  "Its part in a swarm."
  swarm: SwarmMembership!

  "On the clock of the lab."
  bootedAt: DateTime!

  "What \`DOCKER_HOST\` is set to for its engine, e.g. \`unix:///…\`; null when none is served."
  dockerHost: String

  "Networks that its engine knows, in order of creation."
  networks(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): NetworkConnection!

  "One network, as the engine finds it."
  network(
    "Full id, name, or unique start of the id."
    reference: String!
  ): Network

  "Its containers, in order of creation."
  containers(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): ContainerConnection!

  "One container, as the engine finds it."
  container(
    "Full id, name, or unique start of the id."
    reference: String!
  ): Container

  "Attachments of containers to networks, in order of creation."
  endpoints(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EndpointConnection!

  "Network stacks of its containers."
  sandboxes(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): SandboxConnection!

  "Interfaces of the host's own stack, as \`ip link\` lists them."
  interfaces(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): InterfaceConnection!

  "Routes of the host's own stack."
  routes(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): RouteConnection!

  "Chains of its firewall."
  chains(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): ChainConnection!

  "Rules of its firewall, by table and chain, in order."
  rules(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): RuleConnection!

  "Forwarding entries of its bridges and VXLAN devices."
  forwardings(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): ForwardingConnection!

  "Its neighbour table (ARP and NDP)."
  neighbours(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): NeighbourConnection!

  "What listens in the host's own stack."
  sockets(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): SocketConnection!

  "Ports published by its containers, in order of publishing."
  publishedPorts(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): PublishedPortConnection!

  "Names that its embedded DNS answers."
  dnsNames(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): DnsNameConnection!

  "Its processes."
  processes(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): ProcessConnection!
}

"A page of hosts."
type HostConnection {
  "The page with a cursor for each."
  edges: [HostEdge!]!
  "The page without cursors."
  nodes: [Host!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of hosts with its place."
type HostEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Host!
}

"What a host is in a swarm."
type SwarmMembership {
  "Whether it is in one."
  state: SwarmState!
  "Null outside a swarm."
  role: SwarmRole
  "Id of the swarm."
  swarmId: String
  "Id of the node that the host is."
  nodeId: String
}

"Whether a host is in a swarm."
enum SwarmState {
  "In none."
  INACTIVE
  "In one."
  ACTIVE
}

"What a host does in its swarm."
enum SwarmRole {
  "Keeps the state of the swarm."
  MANAGER
  "Runs what managers hand out."
  WORKER
}

"A network interface, as \`ip link\` and \`ip addr\` show it."
type Interface implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "The stack it is in; null for the host's own and that of an overlay."
  sandbox: Sandbox
  "Unique in its stack."
  interfaceIndex: Int!
  "E.g. \`eth0\`, \`docker0\`, \`veth1a2b3c4\`."
  name: String!
  "What it is."
  kind: InterfaceKind!
  "Its link-layer address."
  mac: MAC!
  "Largest packet."
  mtuBytes: Int!
  "Switched on."
  isUp: Boolean!
  "Its link is there (LOWER_UP)."
  hasCarrier: Boolean!
  "As the kernel reports it."
  operationalState: OperationalState!
  "The bridge it is a port of."
  master: String
  "Index of the other end of a veth pair."
  peerInterfaceIndex: Int
  "How this stack numbers the stack of the other end."
  peerNamespaceNumber: Int
  "As \`ip link\` prints it."
  queueLength: Int
  "Its addresses, in order."
  addresses: [InterfaceAddress!]!
  "VXLAN network identifier."
  vni: Int
  "The network it belongs to."
  network: Network
  "The endpoint it belongs to."
  endpoint: Endpoint
}

"A page of interfaces."
type InterfaceConnection {
  "The page with a cursor for each."
  edges: [InterfaceEdge!]!
  "The page without cursors."
  nodes: [Interface!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of interfaces with its place."
type InterfaceEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Interface!
}

"An address of an interface."
type InterfaceAddress {
  "4 or 6."
  family: Int!
  "With prefix length."
  address: CIDR!
  "Broadcast address."
  broadcast: IPv4
  "Where it is valid."
  scope: AddressScope!
}

"Where an address is valid."
enum AddressScope {
  "Everywhere."
  GLOBAL
  "On its link."
  LINK
  "On the machine itself."
  HOST
}

"What an interface is."
enum InterfaceKind {
  "\`lo\`."
  LOOPBACK
  "A card of the machine."
  NIC
  "A Linux bridge."
  BRIDGE
  "One end of a veth pair."
  VETH
  "A VXLAN device."
  VXLAN
  "A macvlan device."
  MACVLAN
  "The parent link of a tagged network."
  VLAN
  "A dummy device."
  DUMMY
}

"State of an interface as the kernel reports it."
enum OperationalState {
  "It works."
  UP
  "It does not."
  DOWN
  "The driver does not say."
  UNKNOWN
}

"Creates a lab."
input LabCreateInput {
  "Its name."
  name: String!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Its simulated hosts."
  hosts: [HostInput!]! = []
  "Null: one LAN \`lan0\`, 192.168.50.0/24."
  lans: [LanInput!]
  "The whole registry, by image reference; null: the open default catalogue."
  images: JSON
}

"A LAN between hosts, with the outside world at its gateway."
input LanInput {
  "Its name."
  name: String!
  "IPv4, with prefix length."
  subnet: String!
  "Address of the outside machine."
  gateway: String!
}

"Answer of \`labCreate\`."
type LabCreatePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes a lab with all that is in it. Its history remains."
input LabRemoveInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
}

"Answer of \`labRemove\`."
type LabRemovePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Carries out commands in order as one: all, or nothing and the refusal of the first that failed."
input CommandsApplyInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "From 1 to 1,000."
  commands: [CommandInput!]!
}

"Answer of \`commandsApply\`."
type CommandsApplyPayload implements CommandPayload {
  "One for each command, in order; empty when refused."
  answers: [CommandAnswer!]!

  "Place of the command that was refused, from 0."
  failedIndex: Int

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"What one command of several made."
type CommandAnswer {
  "Ids it made, by what they are."
  ids: [KeyValue!]!
  "What Docker warns of."
  warnings: [String!]!
}

"One command of several: exactly one field is set."
input CommandInput @oneOf {
  "Adds a simulated host to a lab."
  hostAdd: HostAddStep
  "Removes a simulated host with all that is on it."
  hostRemove: HostRemoveStep
  "Creates a network on a host."
  networkCreate: NetworkCreateStep
  "Removes a network."
  networkRemove: NetworkRemoveStep
  "Removes every network of a host that nobody uses."
  networkPrune: NetworkPruneStep
  "Attaches a container to a network."
  networkConnect: NetworkConnectStep
  "Detaches a container from a network."
  networkDisconnect: NetworkDisconnectStep
  "Creates a container."
  containerCreate: ContainerCreateStep
  "Starts a container."
  containerStart: ContainerStartStep
  "Stops a container."
  containerStop: ContainerStopStep
  "Stops and starts a container."
  containerRestart: ContainerRestartStep
  "Sends a signal to a container."
  containerKill: ContainerKillStep
  "Freezes a container."
  containerPause: ContainerPauseStep
  "Thaws a container."
  containerUnpause: ContainerUnpauseStep
  "Renames a container."
  containerRename: ContainerRenameStep
  "Removes a container."
  containerRemove: ContainerRemoveStep
  "Removes every container of a host that does not run."
  containerPrune: ContainerPruneStep
  "Makes a host the first manager of a new swarm."
  swarmInit: SwarmInitStep
  "Makes a host a node of a swarm."
  swarmJoin: SwarmJoinStep
  "Takes a host out of its swarm."
  swarmLeave: SwarmLeaveStep
  "Moves the clock of a lab forward; what falls due on the way happens."
  timeAdvance: TimeAdvanceStep
}

"A set of simulated hosts, with all that is on them, at one version."
type Lab implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!

  "The plain id, e.g. \`lab-7f3a9c01\`."
  labId: String!

  "As its creator called it."
  name: String!

  "Whether it still exists."
  state: LabState!

  "The version that this answer shows."
  version: LabVersion!

  "Its simulated hosts, in order of creation."
  hosts(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): HostConnection!

  "One simulated host."
  host(
    "Its name."
    name: String!
  ): Host

  "What was recorded, oldest first, up to this version."
  commits(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): CommitConnection!

  "One of its commits."
  commit(
    "The version that the commit made."
    version: LabVersion!
  ): Commit

  "Who takes part. Bounded by the users of the tenant."
  members: [LabMember!]!
}

"Whether a lab still exists."
enum LabState {
  "It takes commands."
  ACTIVE
  "It was removed; its history can still be read."
  REMOVED
}

"A page of labs."
type LabConnection {
  "The page with a cursor for each."
  edges: [LabEdge!]!
  "The page without cursors."
  nodes: [Lab!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of labs with its place."
type LabEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Lab!
}

"Which moment of a lab to show."
input AsOf @oneOf {
  "The lab after so many commits."
  version: LabVersion
  "The lab as its own clock showed this time: the last commit not later than it."
  time: DateTime
}

"A user with a part in a lab."
type LabMember {
  "Who."
  user: User!
  "As what."
  membership: Membership!
}

"What a user is to a lab."
enum Membership {
  "May remove and share it."
  OWNER
  "May change it."
  MEMBER
  "May look at it."
  VIEWER
}

"What can be done."
type Mutation {
  "Creates a lab."
  labCreate(
    "What exactly."
    input: LabCreateInput!
  ): LabCreatePayload!

  "Removes a lab."
  labRemove(
    "What exactly."
    input: LabRemoveInput!
  ): LabRemovePayload!

  "Adds a simulated host to a lab."
  hostAdd(
    "What exactly."
    input: HostAddInput!
  ): HostAddPayload!

  "Removes a simulated host with all that is on it."
  hostRemove(
    "What exactly."
    input: HostRemoveInput!
  ): HostRemovePayload!

  "Creates a network on a host."
  networkCreate(
    "What exactly."
    input: NetworkCreateInput!
  ): NetworkCreatePayload!

  "Removes a network."
  networkRemove(
    "What exactly."
    input: NetworkRemoveInput!
  ): NetworkRemovePayload!

  "Removes every network of a host that nobody uses."
  networkPrune(
    "What exactly."
    input: NetworkPruneInput!
  ): NetworkPrunePayload!

  "Attaches a container to a network."
  networkConnect(
    "What exactly."
    input: NetworkConnectInput!
  ): NetworkConnectPayload!

  "Detaches a container from a network."
  networkDisconnect(
    "What exactly."
    input: NetworkDisconnectInput!
  ): NetworkDisconnectPayload!

  "Creates a container."
  containerCreate(
    "What exactly."
    input: ContainerCreateInput!
  ): ContainerCreatePayload!

  "Starts a container."
  containerStart(
    "What exactly."
    input: ContainerStartInput!
  ): ContainerStartPayload!

  "Stops a container."
  containerStop(
    "What exactly."
    input: ContainerStopInput!
  ): ContainerStopPayload!

  "Stops and starts a container."
  containerRestart(
    "What exactly."
    input: ContainerRestartInput!
  ): ContainerRestartPayload!

  "Sends a signal to a container."
  containerKill(
    "What exactly."
    input: ContainerKillInput!
  ): ContainerKillPayload!

  "Freezes a container."
  containerPause(
    "What exactly."
    input: ContainerPauseInput!
  ): ContainerPausePayload!

  "Thaws a container."
  containerUnpause(
    "What exactly."
    input: ContainerUnpauseInput!
  ): ContainerUnpausePayload!

  "Renames a container."
  containerRename(
    "What exactly."
    input: ContainerRenameInput!
  ): ContainerRenamePayload!

  "Removes a container."
  containerRemove(
    "What exactly."
    input: ContainerRemoveInput!
  ): ContainerRemovePayload!

  "Removes every container of a host that does not run."
  containerPrune(
    "What exactly."
    input: ContainerPruneInput!
  ): ContainerPrunePayload!

  "Makes a host the first manager of a new swarm."
  swarmInit(
    "What exactly."
    input: SwarmInitInput!
  ): SwarmInitPayload!

  "Makes a host a node of a swarm."
  swarmJoin(
    "What exactly."
    input: SwarmJoinInput!
  ): SwarmJoinPayload!

  "Takes a host out of its swarm."
  swarmLeave(
    "What exactly."
    input: SwarmLeaveInput!
  ): SwarmLeavePayload!

  "Moves the clock of a lab forward; what falls due on the way happens."
  timeAdvance(
    "What exactly."
    input: TimeAdvanceInput!
  ): TimeAdvancePayload!

  """
  Creates and starts a container: two commands, as \`docker run\` sends them. When the start is
  refused the container remains, created; its id stands in \`ids\`, the refusal in \`userErrors\`.
  """
  containerRun(
    "What exactly."
    input: ContainerRunInput!
  ): ContainerRunPayload!

  "Carries out many commands as one."
  commandsApply(
    "What exactly."
    input: CommandsApplyInput!
  ): CommandsApplyPayload!

  "Runs one command in the shell of a host."
  hostExec(
    "What exactly."
    input: HostExecInput!
  ): HostExecPayload!

  "Makes a user a member of a lab."
  labMemberAdd(
    "What exactly."
    input: LabMemberAddInput!
  ): LabMemberAddPayload!

  "Ends a membership."
  labMemberRemove(
    "What exactly."
    input: LabMemberRemoveInput!
  ): LabMemberRemovePayload!

  "Makes a user."
  userCreate(
    "What exactly."
    input: UserCreateInput!
  ): UserCreatePayload!

  "Takes a user's rights away."
  userDisable(
    "What exactly."
    input: UserDisableInput!
  ): UserDisablePayload!

  "Makes a token."
  tokenCreate(
    "What exactly."
    input: TokenCreateInput!
  ): TokenCreatePayload!

  "Ends a token."
  tokenRevoke(
    "What exactly."
    input: TokenRevokeInput!
  ): TokenRevokePayload!
}

"A neighbour entry, as \`ip neigh\` shows it."
type Neighbour implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "The interface."
  device: String!
  "Who."
  address: IPAddress!
  "Where."
  mac: MAC!
  "How sure."
  state: NeighbourState!
}

"A page of neighbours."
type NeighbourConnection {
  "The page with a cursor for each."
  edges: [NeighbourEdge!]!
  "The page without cursors."
  nodes: [Neighbour!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of neighbours with its place."
type NeighbourEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Neighbour!
}

"How sure a neighbour entry is."
enum NeighbourState {
  "Set, does not age."
  PERMANENT
  "Confirmed lately."
  REACHABLE
  "Confirmed some time ago."
  STALE
}

"Creates a network on a host, as a part of \`commandsApply\`."
input NetworkCreateStep {
  "The host it is for."
  host: String!
  "Its name."
  name: String!
  "\`bridge\`, \`overlay\`, or another."
  driver: String! = "bridge"
  "Cut off from the outside."
  isInternal: Boolean! = false
  "Containers may be attached by hand."
  isAttachable: Boolean! = false
  "The routing mesh of a swarm."
  isIngress: Boolean! = false
  "Give out IPv6 addresses."
  isIPv6Enabled: Boolean! = false
  "Holds settings for others."
  isConfigOnly: Boolean! = false
  "Take the settings of this network."
  configFrom: String! = ""
  "\`local\`, \`swarm\`, or empty for the driver's own."
  scope: String! = ""
  "Who gives out addresses."
  ipamDriver: String! = "default"
  "Options of the IPAM driver."
  ipamOptions: [KeyValueInput!]
  "Address pools; none: the engine takes its next predefined one."
  pools: [IpamPoolInput!]! = []
  "Options of the driver."
  options: [KeyValueInput!]! = []
  "Labels."
  labels: [KeyValueInput!]! = []
}

"Creates a network on a host."
input NetworkCreateInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Its name."
  name: String!
  "\`bridge\`, \`overlay\`, or another."
  driver: String! = "bridge"
  "Cut off from the outside."
  isInternal: Boolean! = false
  "Containers may be attached by hand."
  isAttachable: Boolean! = false
  "The routing mesh of a swarm."
  isIngress: Boolean! = false
  "Give out IPv6 addresses."
  isIPv6Enabled: Boolean! = false
  "Holds settings for others."
  isConfigOnly: Boolean! = false
  "Take the settings of this network."
  configFrom: String! = ""
  "\`local\`, \`swarm\`, or empty for the driver's own."
  scope: String! = ""
  "Who gives out addresses."
  ipamDriver: String! = "default"
  "Options of the IPAM driver."
  ipamOptions: [KeyValueInput!]
  "Address pools; none: the engine takes its next predefined one."
  pools: [IpamPoolInput!]! = []
  "Options of the driver."
  options: [KeyValueInput!]! = []
  "Labels."
  labels: [KeyValueInput!]! = []
}

"Answer of \`networkCreate\`."
type NetworkCreatePayload implements CommandPayload {
  "The new network."
  network: Network

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes a network, as a part of \`commandsApply\`."
input NetworkRemoveStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  network: String!
}

"Removes a network."
input NetworkRemoveInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  network: String!
}

"Answer of \`networkRemove\`."
type NetworkRemovePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Removes every network of a host that nobody uses, as a part of \`commandsApply\`."
input NetworkPruneStep {
  "The host it is for."
  host: String!
  "Docker's filters."
  filters: [FilterInput!]! = []
}

"Removes every network of a host that nobody uses."
input NetworkPruneInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Docker's filters."
  filters: [FilterInput!]! = []
}

"Answer of \`networkPrune\`."
type NetworkPrunePayload implements CommandPayload {
  "Names of what was removed."
  removedNetworks: [String!]!

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Attaches a container to a network, as a part of \`commandsApply\`."
input NetworkConnectStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Full id, name, or unique start of the id."
  network: String!
  "How it is attached."
  endpoint: EndpointInput
}

"Attaches a container to a network."
input NetworkConnectInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Full id, name, or unique start of the id."
  network: String!
  "How it is attached."
  endpoint: EndpointInput
}

"Answer of \`networkConnect\`."
type NetworkConnectPayload implements CommandPayload {
  "The container, attached."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Detaches a container from a network, as a part of \`commandsApply\`."
input NetworkDisconnectStep {
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Full id, name, or unique start of the id."
  network: String!
  "Even where the engine would hesitate."
  force: Boolean! = false
}

"Detaches a container from a network."
input NetworkDisconnectInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Full id, name, or unique start of the id."
  container: String!
  "Full id, name, or unique start of the id."
  network: String!
  "Even where the engine would hesitate."
  force: Boolean! = false
}

"Answer of \`networkDisconnect\`."
type NetworkDisconnectPayload implements CommandPayload {
  "The container, detached."
  container: Container

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"An address pool to be."
input IpamPoolInput {
  "The whole pool."
  subnet: String! = ""
  "The part to take addresses from."
  ipRange: String! = ""
  "Its gateway."
  gateway: String! = ""
  "Addresses to keep out of use, by name."
  auxAddresses: [KeyValueInput!]! = []
}

"A filter, as Docker has them."
input FilterInput {
  "E.g. \`label\`."
  name: String!
  "Any of them."
  values: [String!]!
}

"How a container is attached to a network."
input EndpointInput {
  "Empty: the next free one."
  ipv4Address: String! = ""
  "Empty: the next free one."
  ipv6Address: String! = ""
  "Further addresses."
  linkLocalIPs: [String!]! = []
  "Further names on the network."
  aliases: [String!]! = []
  "\`container:alias\` each."
  links: [String!]! = []
  "Empty: made from the address."
  macAddress: String! = ""
  "Options of the driver."
  driverOptions: [KeyValueInput!]! = []
}

"How a new container is attached to one network."
input NamedEndpointInput {
  "Name or id."
  network: String!
  "Empty: the next free one."
  ipv4Address: String! = ""
  "Empty: the next free one."
  ipv6Address: String! = ""
  "Further addresses."
  linkLocalIPs: [String!]! = []
  "Further names on the network."
  aliases: [String!]! = []
  "\`container:alias\` each."
  links: [String!]! = []
  "Empty: made from the address."
  macAddress: String! = ""
  "Options of the driver."
  driverOptions: [KeyValueInput!]! = []
}

"A Docker network as one host knows it."
type Network implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!

  "The engine's id: 64 hex digits, or 25 characters for a network of a swarm."
  networkId: String!

  "As its creator called it."
  name: String!

  "The host it is on."
  host: Host!

  "\`bridge\`, \`host\`, \`null\` or \`overlay\`."
  driver: String!

  "Whether it spans hosts."
  scope: NetworkScope!

  "Cut off from the outside."
  isInternal: Boolean!

  "Containers may be attached by hand."
  isAttachable: Boolean!

  "The routing mesh of a swarm."
  isIngress: Boolean!

  "Has IPv6 pools."
  isIPv6Enabled: Boolean!

  "Holds settings for others and no endpoints."
  isConfigOnly: Boolean!

  "The network its settings come from."
  configFrom: String

  "Who gives out addresses."
  ipamDriver: String!

  "Its address pools."
  pools: [NetworkPool!]!

  "Options of its driver."
  options: [KeyValue!]!

  "Labels given by its creator."
  labels: [KeyValue!]!

  "Its Linux bridge on this host; null for drivers without one."
  bridgeName: String

  "VXLAN network identifiers; empty unless it is an overlay."
  vnis: [Int!]!

  "On the clock of the lab."
  createdAt: DateTime!

  "Who is attached on this host, in order of creation."
  endpoints(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EndpointConnection!

  "Names that resolve on it, on this host."
  dnsNames(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): DnsNameConnection!
}

"A page of networks."
type NetworkConnection {
  "The page with a cursor for each."
  edges: [NetworkEdge!]!
  "The page without cursors."
  nodes: [Network!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of networks with its place."
type NetworkEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Network!
}

"How far a network reaches."
enum NetworkScope {
  "One host."
  LOCAL
  "The hosts of a swarm."
  SWARM
}

"Addresses that a network gives out."
type NetworkPool {
  "4 or 6."
  family: Int!
  "The whole pool."
  subnet: CIDR!
  "The part that addresses are taken from."
  ipRange: CIDR
  "Its gateway."
  gateway: IPAddress
  "Addresses kept out of use, by name."
  auxAddresses: [KeyValue!]!
}

"Whatever can be asked for again by its id."
interface Node {
  "Opaque."
  id: ID!
}

"Where a page ends."
type PageInfo {
  "Whether more follow."
  hasNextPage: Boolean!
  "Cursor of the last one; null for an empty page."
  endCursor: String
}

"A process of a host."
type Process implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "On the host."
  processId: Int!
  "Who started it."
  parentProcessId: Int!
  "The container it is in."
  container: Container
  "Its argument vector."
  command: [String!]!
  "Whom it runs as."
  user: String!
  "On the clock of the lab."
  startedAt: DateTime!
}

"A page of processes."
type ProcessConnection {
  "The page with a cursor for each."
  edges: [ProcessEdge!]!
  "The page without cursors."
  nodes: [Process!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of processes with its place."
type ProcessEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Process!
}

"A port of the host that leads to a port of a container."
type PublishedPort implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Of both ports."
  protocol: TransportProtocol!
  "Address of the host it is bound to."
  hostIp: IPAddress!
  "Port of the host."
  hostPort: Int!
  "Who published it."
  container: Container
  "The endpoint it leads to."
  endpoint: Endpoint
  "Port of the container."
  containerPort: Int!
  "The \`docker-proxy\` that serves it."
  proxyProcessId: Int!
}

"A page of published ports."
type PublishedPortConnection {
  "The page with a cursor for each."
  edges: [PublishedPortEdge!]!
  "The page without cursors."
  nodes: [PublishedPort!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of published ports with its place."
type PublishedPortEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: PublishedPort!
}

"A transport protocol."
enum TransportProtocol {
  "TCP."
  TCP
  "UDP."
  UDP
  "SCTP."
  SCTP
}

"What can be asked."
type Query {
  "Whatever an id stands for; null when it is gone, or not for you."
  node(
    "From an \`id\` field."
    id: ID!
  ): Node

  "One lab; null when there is none, or it is not for you."
  lab(
    "Its plain or its opaque id."
    id: ID
    "Its name, instead of an id."
    name: String
    "The lab at an earlier moment: all below is as it was then."
    asOf: AsOf
    """
    Wait until the lab has come so far, and never answer older; error READ_MODEL_BEHIND when
    it takes too long.
    """
    atLeastVersion: LabVersion
  ): Lab

  "Labs that are for you, in order of their ids."
  labs(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): LabConnection!

  "How an earlier command of your tenant ended; null when it is unknown, or not for you."
  command(
    "The id of the command."
    id: ID!
  ): CommandRecord

  "Who asks."
  viewer: Viewer!

  "The user who asks."
  me: User!

  "Users of your tenant, in order of their names."
  users(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): UserConnection!
}

"A route, as \`ip route\` shows it."
type Route implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "The stack it is in; null for the host's own and that of an overlay."
  sandbox: Sandbox
  "\`default\`, or an address with prefix length."
  destination: String!
  "4 or 6."
  family: Int!
  "Next hop; null for what is on the link."
  gateway: IPAddress
  "Interface it leaves by."
  device: String!
  "Who made it; null where \`ip route\` prints nothing."
  protocol: RouteProtocol
  "How far its destination is."
  scope: RouteScope!
  "Preferred source address."
  source: IPAddress
  "Lower is preferred."
  metric: Int!
  "Its interface has no carrier."
  isLinkDown: Boolean!
}

"A page of routes."
type RouteConnection {
  "The page with a cursor for each."
  edges: [RouteEdge!]!
  "The page without cursors."
  nodes: [Route!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of routes with its place."
type RouteEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Route!
}

"Who made a route."
enum RouteProtocol {
  "The kernel, with an address."
  KERNEL
  "Somebody, by hand or at boot."
  BOOT
}

"How far the destination of a route is."
enum RouteScope {
  "On the link."
  LINK
  "Behind a gateway."
  GLOBAL
}

"A chain of the firewall."
type Chain implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!

  "The host it is on."
  host: Host!

  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!

  "4 or 6."
  family: Int!

  "The table it is in."
  table: RuleTable!

  "E.g. \`FORWARD\`, \`DOCKER-USER\`."
  name: String!

  "Verdict at its end; null for chains that are not built in."
  policy: ChainPolicy

  "Its rules, in order."
  rules(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): RuleConnection!
}

"A page of chains."
type ChainConnection {
  "The page with a cursor for each."
  edges: [ChainEdge!]!
  "The page without cursors."
  nodes: [Chain!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of chains with its place."
type ChainEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Chain!
}

"A rule of the firewall."
type Rule implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "4 or 6."
  family: Int!
  "The table it is in."
  table: RuleTable!
  "The chain it is in."
  chain: String!
  "Sorts the rules of a chain, bytewise."
  rank: String!
  "What it applies to."
  match: RuleMatch!
  "What it does."
  target: RuleTarget!
  "The network it was made for."
  network: Network
  "The endpoint it was made for."
  endpoint: Endpoint
}

"A page of rules."
type RuleConnection {
  "The page with a cursor for each."
  edges: [RuleEdge!]!
  "The page without cursors."
  nodes: [Rule!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of rules with its place."
type RuleEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Rule!
}

"A table of the firewall."
enum RuleTable {
  "Lets through or drops."
  FILTER
  "Rewrites addresses."
  NAT
}

"Verdict at the end of a built-in chain."
enum ChainPolicy {
  "Let through."
  ACCEPT
  "Drop."
  DROP
}

"What a rule applies to. Null: anything."
type RuleMatch {
  "Source addresses."
  source: Negatable
  "Destination addresses."
  destination: Negatable
  "Interface it came in by."
  inInterface: Negatable
  "Interface it leaves by."
  outInterface: Negatable
  "E.g. \`tcp\`."
  protocol: String
  "Destination port."
  destinationPort: Int
  "Source port."
  sourcePort: Int
  "States of the connection, e.g. \`RELATED\`."
  connectionStates: [String!]
  "Kind of the destination address, e.g. \`LOCAL\`."
  destinationType: String
  "Came over a port of a bridge and leaves over one."
  physicalDeviceIsBridged: Boolean
}

"A value to match, or to match the opposite of."
type Negatable {
  "The value."
  value: String!
  "Whether anything but the value matches."
  negated: Boolean!
}

"What a rule does."
type RuleTarget {
  "The verdict, or how to find it."
  kind: RuleTargetKind!
  "The chain to go on in, for JUMP."
  chain: String
  "The new address, for DNAT and SNAT."
  to: String
  "The answer, for REJECT."
  rejectWith: String
}

"What a rule does."
enum RuleTargetKind {
  "Let through."
  ACCEPT
  "Drop."
  DROP
  "Back to the chain before."
  RETURN
  "Rewrite the source to the address of the interface it leaves by."
  MASQUERADE
  "Drop and answer."
  REJECT
  "Go on in another chain."
  JUMP
  "Rewrite the destination."
  DNAT
  "Rewrite the source."
  SNAT
}

"A network stack: interfaces, routes, DNS. Several containers may share one."
type Sandbox implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!

  "64 hex digits."
  sandboxId: String!

  "The host it is on."
  host: Host!

  "Its owner."
  container: Container

  "Path of the namespace on the host."
  key: String!

  "How \`ip link\` on the host numbers it."
  namespaceNumber: Int!

  "Whether 127.0.0.11 answers in it."
  hasEmbeddedDns: Boolean!

  "Its /etc/resolv.conf."
  resolvConf: String!

  "Its /etc/hosts."
  hostsFile: String!

  "What has joined it. Bounded by the networks of a host."
  endpoints: [Endpoint!]!

  "Its interfaces. Bounded by its endpoints."
  interfaces: [Interface!]!

  "Its routes. Bounded by its endpoints."
  routes: [Route!]!

  "Firewall rules inside it."
  rules(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): RuleConnection!

  "Its neighbour table."
  neighbours(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): NeighbourConnection!

  "What listens in it."
  sockets(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): SocketConnection!
}

"A page of sandboxes."
type SandboxConnection {
  "The page with a cursor for each."
  edges: [SandboxEdge!]!
  "The page without cursors."
  nodes: [Sandbox!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of sandboxes with its place."
type SandboxEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Sandbox!
}

"An IPv4 address, e.g. \`172.17.0.2\`."
scalar IPv4

"An IPv6 address, e.g. \`fd00::2\`."
scalar IPv6

"An IPv4 or IPv6 address."
scalar IPAddress

"An address with its prefix length, e.g. \`172.17.0.0/16\`."
scalar CIDR

"Six octets, e.g. \`02:42:ac:11:00:02\`."
scalar MAC

"An instant, RFC 3339 in UTC with milliseconds, e.g. \`2026-01-31T12:00:00.000Z\`."
scalar DateTime

"Counts what was recorded, over all labs of one writer. Larger is later."
scalar LogPosition

"Counts what was recorded in one lab: 0 is the empty lab, each change is one more."
scalar LabVersion

"Any JSON value. Used where the form is Docker's or the user's own."
scalar JSON

"One entry of a map, such as a label or an option."
type KeyValue {
  "The key."
  name: String!
  "The value."
  value: String!
}

"One entry of a map, such as a label or an option."
input KeyValueInput {
  "The key."
  name: String!
  "The value."
  value: String! = ""
}

"What listens, as \`ss\` shows it."
type Socket implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The host it is on."
  host: Host!
  "Empty for the host's own stack, a sandbox id, or \`overlay/\` and a network id."
  namespace: String!
  "Its protocol and family."
  protocol: SocketProtocol!
  "Address it is bound to."
  localAddress: IPAddress!
  "Port it is bound to."
  localPort: Int!
  "LISTEN for TCP, UNCONN for UDP."
  state: SocketState!
  "Who."
  processId: Int!
  "Its name."
  processName: String!
}

"A page of sockets."
type SocketConnection {
  "The page with a cursor for each."
  edges: [SocketEdge!]!
  "The page without cursors."
  nodes: [Socket!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of sockets with its place."
type SocketEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: Socket!
}

"Protocol and family of a socket."
enum SocketProtocol {
  "TCP over IPv4."
  TCP
  "TCP over IPv6."
  TCP6
  "UDP over IPv4."
  UDP
  "UDP over IPv6."
  UDP6
}

"State of a socket."
enum SocketState {
  "Waits for connections."
  LISTEN
  "Takes packets from anybody."
  UNCONN
}

"What can be watched."
type Subscription {
  "Commits of a lab, each once, in order: first those that are there, then every new one."
  labCommits(
    "Id or name of the lab."
    lab: ID!
    "Go on after the commit with this cursor."
    after: String
    "Go on after this version. Neither: after the present one."
    afterVersion: LabVersion
  ): Commit!
}

"Makes a host the first manager of a new swarm, as a part of \`commandsApply\`."
input SwarmInitStep {
  "The host it is for."
  host: String!
  "Address that other hosts reach it by."
  advertiseAddress: String! = ""
  "Where it listens."
  listenAddress: String! = "0.0.0.0:2377"
  "Address pools of overlays; none: 10.0.0.0/8."
  defaultAddressPools: [String!]! = []
  "Prefix length of each subnet; 0: 24."
  subnetSize: Int! = 0
  "Start anew from the present state."
  forceNewCluster: Boolean! = false
}

"Makes a host the first manager of a new swarm."
input SwarmInitInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Address that other hosts reach it by."
  advertiseAddress: String! = ""
  "Where it listens."
  listenAddress: String! = "0.0.0.0:2377"
  "Address pools of overlays; none: 10.0.0.0/8."
  defaultAddressPools: [String!]! = []
  "Prefix length of each subnet; 0: 24."
  subnetSize: Int! = 0
  "Start anew from the present state."
  forceNewCluster: Boolean! = false
}

"Answer of \`swarmInit\`."
type SwarmInitPayload implements CommandPayload {
  "The manager."
  host: Host

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Makes a host a node of a swarm, as a part of \`commandsApply\`."
input SwarmJoinStep {
  "The host it is for."
  host: String!
  "Managers to join by."
  remoteAddresses: [String!]!
  "Decides whether it joins as worker or manager."
  token: String!
  "Address that other hosts reach it by."
  advertiseAddress: String! = ""
  "Where it listens."
  listenAddress: String! = "0.0.0.0:2377"
}

"Makes a host a node of a swarm."
input SwarmJoinInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Managers to join by."
  remoteAddresses: [String!]!
  "Decides whether it joins as worker or manager."
  token: String!
  "Address that other hosts reach it by."
  advertiseAddress: String! = ""
  "Where it listens."
  listenAddress: String! = "0.0.0.0:2377"
}

"Answer of \`swarmJoin\`."
type SwarmJoinPayload implements CommandPayload {
  "The new node."
  host: Host

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Takes a host out of its swarm, as a part of \`commandsApply\`."
input SwarmLeaveStep {
  "The host it is for."
  host: String!
  "Even the last manager."
  force: Boolean! = false
}

"Takes a host out of its swarm."
input SwarmLeaveInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "The host it is for."
  host: String!
  "Even the last manager."
  force: Boolean! = false
}

"Answer of \`swarmLeave\`."
type SwarmLeavePayload implements CommandPayload {
  "The host."
  host: Host

  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"""
Moves the clock of a lab forward; what falls due on the way happens, as a part of
\`commandsApply\`.
"""
input TimeAdvanceStep {
  "On the clock of the lab."
  to: DateTime!
}

"Moves the clock of a lab forward; what falls due on the way happens."
input TimeAdvanceInput {
  "Id or name of the lab."
  lab: ID!
  """
  Chosen by the client, 1 to 128 printable ASCII characters: a repeat gets the first answer.
  Null: one is made up.
  """
  commandId: ID
  "Refuse when the lab is at another version."
  expectedVersion: LabVersion
  "On the clock of the lab."
  to: DateTime!
}

"Answer of \`timeAdvance\`."
type TimeAdvancePayload implements CommandPayload {
  "The lab after the command."
  lab: Lab

  "Why it was refused; empty when it was carried out."
  userErrors: [UserError!]!

  "By which a repeat gets the same answer."
  commandId: ID!

  "The answer of an earlier, equal command was given again."
  isRepeat: Boolean!

  "Of its commit; null when it left no trace."
  position: LogPosition

  "Of the lab after it; for \`lab(atLeastVersion:)\`. Null when nothing was asked of the lab."
  version: LabVersion

  "On the clock of the lab."
  labTime: DateTime

  "Ids it made, by what they are."
  ids: [KeyValue!]!

  "What Docker warns of."
  warnings: [String!]!

  "What it added, changed and removed; none for a repeat."
  effects(
    "At most so many, from 1 to 200."
    first: Int!
    "Go on after this cursor."
    after: String
  ): EffectConnection!
}

"Makes a user a member of a lab, or another kind of member."
input LabMemberAddInput {
  "Id or name of the lab."
  lab: ID!
  "Id or name of the user."
  user: String!
  "As what."
  membership: Membership! = MEMBER
}

"Answer of \`labMemberAdd\`."
type LabMemberAddPayload {
  "The lab."
  lab: Lab
  "The member."
  user: User
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Ends the membership of a user in a lab."
input LabMemberRemoveInput {
  "Id or name of the lab."
  lab: ID!
  "Id or name of the user."
  user: String!
}

"Answer of \`labMemberRemove\`."
type LabMemberRemovePayload {
  "The lab."
  lab: Lab
  "Who was a member."
  user: User
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Makes a user of the own tenant."
input UserCreateInput {
  "1 to 64 characters, unique in the tenant."
  name: String!
  "What they may do."
  role: Role!
}

"Answer of \`userCreate\`."
type UserCreatePayload {
  "The new user."
  user: User
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Takes a user's rights away: their tokens open nothing any more."
input UserDisableInput {
  "Id or name."
  user: String!
}

"Answer of \`userDisable\`."
type UserDisablePayload {
  "The user."
  user: User
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Makes a token."
input TokenCreateInput {
  "What it is for, 1 to 64 characters."
  name: String!
  "Id or name of its holder; null: who asks."
  user: String
  "What it is for; null: all that its holder may do."
  scopes: [Scope!]
  "Labs it is for; null: all that its holder may see."
  labs: [ID!]
  "How long it lives, from 1 to 366."
  days: Int! = 90
}

"Answer of \`tokenCreate\`."
type TokenCreatePayload {
  "The new token."
  token: Token
  "What a client sends as \`Authorization: Bearer …\`. Shown this once and stored nowhere."
  secret: String
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Ends a token."
input TokenRevokeInput {
  "Its id."
  tokenId: ID!
}

"Answer of \`tokenRevoke\`."
type TokenRevokePayload {
  "The token, revoked."
  token: Token
  "Why it was refused; empty when it was done."
  userErrors: [UserError!]!
}

"Somebody, or some program, that may hold tokens."
type User implements Node {
  "Opaque; good for \`node\`. Holds the lab, and the version when it was asked for as of one."
  id: ID!
  "The plain id."
  userId: String!
  "Unique in the tenant."
  name: String!
  "What they may do."
  role: Role!
  "The class or team they belong to."
  tenantId: String!
  "On the clock of the server."
  createdAt: DateTime!
  "Opens nothing any more."
  isDisabled: Boolean!
  "Newest first; null for who may not know. Bounded by the quota of the tenant."
  tokens: [Token!]
}

"A page of users."
type UserConnection {
  "The page with a cursor for each."
  edges: [UserEdge!]!
  "The page without cursors."
  nodes: [User!]!
  "Where the page ends."
  pageInfo: PageInfo!
  "How many there are in all pages."
  totalCount: Int!
}

"One of users with its place."
type UserEdge {
  "Its place in the list."
  cursor: String!
  "The object itself."
  node: User!
}

"Who asks, and with what credential."
type Viewer {
  "Who."
  user: User!
  "What the token is narrowed to; null: nothing."
  scopes: [Scope!]
  "Labs the token is narrowed to; null: none."
  labIds: [String!]
}

"What a user may do. The reference of permissions has the whole table."
enum Role {
  "Everything."
  OPERATOR
  "Everything in their tenant but making operators and instructors."
  INSTRUCTOR
  "Their own labs, and those they were made members of."
  STUDENT
  "What the scopes of its token say."
  AUTOMATION
  "Look at every lab of the tenant."
  OBSERVER
}

"What a token is for."
enum Scope {
  "Looking at labs."
  LAB_READ
  "Making, changing and removing labs."
  LAB_WRITE
  "Users, tokens and members."
  CLASS_ADMIN
  "The Docker API of simulated hosts."
  HOST_DOCKER
}

"A credential, without its secret."
type Token {
  "Its id."
  tokenId: ID!
  "What it is for."
  name: String!
  "What it is narrowed to; null: nothing."
  scopes: [Scope!]
  "Labs it is narrowed to; null: none."
  labIds: [String!]
  "On the clock of the server."
  createdAt: DateTime!
  "From then on it opens nothing."
  expiresAt: DateTime!
  "About when it was used last."
  lastUsedAt: DateTime
  "Since when it opens nothing."
  revokedAt: DateTime
}
`;
