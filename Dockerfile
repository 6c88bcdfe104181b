# The image runs the sources as they are: Node strips the types. Only the web app is built.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY shared ./shared
COPY templates ./templates
COPY embedded-store ./embedded-store
COPY runtime ./runtime
COPY web ./web
COPY sdk ./sdk
COPY cli/package.json ./cli/
COPY e2e/package.json ./e2e/
COPY verify/package.json ./verify/
COPY bench/package.json ./bench/
RUN npm install --global --ignore-scripts pnpm@12.21.0 \
 && CI=true pnpm install --frozen-lockfile --filter '@sluice/web...' --filter @sluice/sdk \
 && pnpm run build \
 && find . -name node_modules -prune -exec rm -rf {} + \
 && CI=true pnpm install --frozen-lockfile --prod --filter '@sluice/runtime...'

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/shared ./shared
COPY --from=build /app/templates ./templates
COPY --from=build /app/embedded-store ./embedded-store
COPY --from=build /app/runtime ./runtime
COPY --from=build /app/web/dist ./web/dist
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4310
HEALTHCHECK --interval=10s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||4310)+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "runtime/src/main.ts"]
