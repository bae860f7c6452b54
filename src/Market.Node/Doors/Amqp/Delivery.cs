namespace Market.Node.Doors.Amqp;

/// <summary>One message that a client published, as the broker delivered it.</summary>
/// <param name="Mark">For its acknowledgement.</param>
/// <param name="Exchange">The one it was published to.</param>
/// <param name="Body">A copy: the broker's own is gone when the delivery was taken.</param>
internal sealed record Delivery(ulong Mark, string Exchange, string RoutingKey, byte[] Body)
{
    public Letter Rejected(in Rejection why) => Letter.Rejected(Exchange, RoutingKey, Body, why);
}
