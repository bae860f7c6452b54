using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Parts;

/// <summary>A thousand commands posted and taken, through a mailbox and through a bounded channel of the same things.</summary>
[MemoryDiagnoser]
public class HandOver
{
    private const int Commands = 1_000;

    private static readonly Envelope Envelope = new() { Trader = new TraderKey("BONOBO", "alice"), Command = TraderCommand.Buy("order-000042", 1) };
    private readonly Mailbox _mailbox = new(2_048, static () => { });
    private readonly Channel<Envelope> _channel = Channel.CreateBounded<Envelope>(new BoundedChannelOptions(2_048) { SingleReader = true });

    [Benchmark(Baseline = true, OperationsPerInvoke = Commands)]
    public long BoundedChannel()
    {
        for (var i = 0; i < Commands; i++) { _channel.Writer.TryWrite(Envelope); }
        var sum = 0L;
        while (_channel.Reader.TryRead(out var taken)) { sum += taken.Tag + 1; }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Commands)]
    public long MailboxOfAShard()
    {
        for (var i = 0; i < Commands; i++) { _mailbox.TryPost(Envelope); }
        var sum = 0L;
        foreach (ref var taken in _mailbox.TakeAll().Commands)
        {
            sum += taken.Tag + 1;
            taken = default;
        }
        return sum;
    }
}
