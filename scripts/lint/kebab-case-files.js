import { basename } from 'node:path';

/** File names are kebab-case, with further dots for what kind of file it is: `workflow-run.entity.ts`. */
export const kebabCaseFiles = {
  meta: { type: 'suggestion', schema: [], messages: { name: '{{name}} is not a kebab-case file name.' } },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/.test(name)) context.report({ node, messageId: 'name', data: { name } });
    },
  }),
};
