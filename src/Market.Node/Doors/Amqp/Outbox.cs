using System.Threading.Channels;
using Market.Node.Cluster;

namespace Market.Node.Doors.Amqp;

/// <summary>Letters on their way to the broker, in order. As many as there are deliveries that they answer, so the prefetch bounds them.</summary>
public sealed class Outbox(ConfirmedChannel channel)
{
    private readonly Channel<(Letter Letter, Action? Confirmed)> _letters =
        Channel.CreateUnbounded<(Letter, Action?)>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="confirmed">Called once the broker has it, and all before it. Null for nobody who waits.</param>
    public void Send(in Letter letter, Action? confirmed) => _letters.Writer.TryWrite((letter, confirmed));

    /// <summary>Publishes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var (letter, confirmed) in _letters.Reader.ReadAllAsync(cancel))
        {
            await channel.PublishAsync(letter.Exchange, letter.RoutingKey, letter.Properties, letter.Body, mandatory: false, confirmed, cancel);
        }
    }
}
