using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Actors.Shards;

namespace Market.Node.Bots;

/// <summary>Says something every 7 to 20 seconds while the market is running, so that the page lives at once. A full mailbox is not waited for.</summary>
public sealed class Chatterbox(MarketRegion region, RunningGate gate, Chatter chatter, TimeProvider time)
{
    /// <summary>The source of what the house posts.</summary>
    public const string Source = "bot";

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await gate.WaitAsync(cancel);
            var saying = chatter.Next();
            await Task.Delay(TimeSpan.FromMilliseconds(saying.WaitMs), time, cancel);
            if (gate.IsOpen) { region.TryAsk(new PostGibb(saying.Author, saying.Text, Source, Unheard.Instance)); }
        }
    }
}
