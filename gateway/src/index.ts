export { readGatewayConfig, type GatewayConfig } from './config/gateway-config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts';
export { defaultSettings } from './gateway-settings.ts';
export { inProcessTransport } from './transport/in-process-transport.ts';
export type { Transports } from './transport/transport.ts';
