export function summarise(orders: Order[]): Report {
    const open = orders.filter((order) => order.open);
    const sum = open.reduce((total, order) => total + order.amount, 0);
    if (sum > 5000) {
        flag(open, sum);
    }
    return { count: open.length, sum };
}
