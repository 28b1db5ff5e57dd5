import { answer, checkInput, deleteInput, updateMissed, whatRefersToIt } from '@forge/subgraph-kit';
