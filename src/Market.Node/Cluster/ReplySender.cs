using Market.Actors.Cluster;
using Market.Node.Doors;

namespace Market.Node.Cluster;

/// <summary>
/// Takes answers to the doors that wait for them; once the broker has them, what they answer is acknowledged to its queue. A door that is gone gets
/// nothing, and nobody waits for it.
/// </summary>
public sealed class ReplySender(Topology topology, ConfirmedChannel channel, ReplyBoxes boxes, Bell bell, Action<ShardDelivery> handled)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            foreach (var mail in boxes.TakeAll())
            {
                await channel.PublishAsync("", topology.DoorQueue(mail.Door), mail.Bytes, mandatory: false, () => Handled(mail), cancel);
            }
            await bell.WaitAsync(cancel);
        }
    }

    private void Handled(ReplyMail mail)
    {
        foreach (var delivery in mail.Handled) { handled(delivery); }
    }
}
