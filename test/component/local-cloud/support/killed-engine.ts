import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { PersistenceManager } from '../../../../node_modules/fauxqs/dist/persistence.js';

/** A queue engine in a process of its own that dies the moment it is to store a message in a dead-letter queue. */
const [directory = '', port = ''] = process.argv.slice(2);
const { insertMessage } = PersistenceManager.prototype;
PersistenceManager.prototype.insertMessage = function (queueName, message) {
  if (queueName === 'dead.fifo') process.kill(process.pid, 'SIGKILL');
  insertMessage.call(this, queueName, message);
};
await startQueueEngine(directory, 'us-east-1', Number(port));
process.send?.('ready');
