using Market.Node.Doors.Amqp;
using Market.Protocol.Values;

namespace Market.Servers.Tests.Amqp;

public class OpenCommandsTests
{
    private static readonly MarketId Banana = MarketId.Of("banana");
    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly TraderKey Bob = new("BONOBO", "bob");

    private readonly OpenCommands _open = new(new Dictionary<MarketId, int> { [Banana] = 2 });

    [Fact]
    public async Task A_trader_with_as_many_as_may_come_again_waits_until_the_first_is_acknowledged()
    {
        await AddAsync(1, Alice);
        await AddAsync(2, Bob);
        await AddAsync(3, Alice);
        var third = AddAsync(4, Alice);
        third.IsCompleted.ShouldBeFalse();
        _open.Acknowledged(1);
        await third.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void In_a_market_nobody_knows_nothing_is_done_that_could_come_again()
    {
        for (ulong mark = 1; mark <= 5; mark++) { AddAsync(mark, Alice, MarketId.Of("other")).IsCompletedSuccessfully.ShouldBeTrue(); }
    }

    private Task AddAsync(ulong mark, TraderKey trader, MarketId? market = null) => _open.AddAsync(mark, market ?? Banana, trader, CancellationToken.None).AsTask();
}
