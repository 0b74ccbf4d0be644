/** Each has as many partitions as the log has writers; its partition *is* the writer's. */
export const commandTopic = 'netfold.commands';
export const commitTopic = 'netfold.commits';
export const outcomeTopic = 'netfold.outcomes';

/** Consumer groups: each partition of the commands has one commander at a time. */
export const commanderGroup = 'netfold.commanders';
export const projectorGroup = 'netfold.projectors';
