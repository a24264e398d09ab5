"""Several gateways and workers behind a load balancer, killed and replaced one by one."""
