import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { workflow } from '../workflow/workflow.entity.ts';
import { createWorkflowDocument } from './create-workflow-document.ts';
import { deleteWorkflowDocument } from './delete-workflow-document.ts';
import { updateWorkflowDocument } from './update-workflow-document.ts';
import { workflowDocument } from './workflow-document.entity.ts';

export const workflowDocumentResolvers: Resolvers = {
  Query: {
    workflowDocument: (_, { id }, context, info) => findById(context, workflowDocument, id, info),
    workflowDocuments: (_, args, context, info) => connection(context, workflowDocument, args, info),
  },
  WorkflowDocument: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workflowDocument, id, info),
    workflow: ({ workflowId }, _, context, info) => reference(context, workflow, workflowId, info),
  },
  Mutation: {
    createWorkflowDocument: (_, { input }, context) => createWorkflowDocument(input, context),
    deleteWorkflowDocument: (_, { input }, context) => deleteWorkflowDocument(input, context),
    updateWorkflowDocument: (_, { input }, context) => updateWorkflowDocument(input, context),
  },
};
