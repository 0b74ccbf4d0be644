/** One host with its endpoints, both ends of each one's link, and the routes through it. */
const hostFields = `
  name
  endpoints(first: 100) {
    nodes {
      endpointId
      networkName
      ipv4
      mac
      gateway
      interfaceName
      interface { name mac mtuBytes isUp addresses { family address } }
      hostInterface { name interfaceIndex mac master isUp }
      routes { destination gateway device source metric }
    }
  }`;

export const hostQuery = `query Host($lab: ID!) { lab(id: $lab) { host(name: "h1") {${hostFields}
} } }`;

/** The same as of a version: from memory, whatever the tables say. */
export const hostQueryAsOf = `query Host($lab: ID!, $version: LabVersion!) {
  lab(id: $lab, asOf: { version: $version }) { host(name: "h1") {${hostFields}
} } }`;

export const applyQuery = `mutation Apply($input: CommandsApplyInput!) {
  commandsApply(input: $input) { version userErrors { message } }
}`;

/** The bench's command as the batch mutation takes it. */
export const runInput = (lab: string, number: number) => ({
  input: {
    lab,
    commands: [
      {
        containerCreate: {
          host: 'h1',
          name: `web${number}`,
          image: 'nginx',
          networkMode: 'web',
          publish: [{ containerPort: '80/tcp', hostPort: String(10_000 + number) }],
        },
      },
      { containerStart: { host: 'h1', container: `web${number}` } },
    ],
  },
});
