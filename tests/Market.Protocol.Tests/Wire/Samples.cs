using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

/// <summary>
/// One or more of every kind of event and message, each with the bytes it has had since the first release. The hex is spaced by field:
/// numbers are varints (7 bits a byte, low first; signed ones doubled, negative ones doubled less one), texts their length and UTF-8.
/// These bytes stand in journals: a change here is a journal that can no longer be read.
/// </summary>
public static class Samples
{
    /// <summary>2018-03-20T18:34:56.789Z.</summary>
    public static readonly Timestamp Time = new(1_521_570_896_789);

    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly Coins Price = new(1_020_000);

    public static IReadOnlyDictionary<string, (MarketEvent Event, string Hex)> MarketEvents { get; } = new Dictionary<string, (MarketEvent, string)>
    {
        // 01, market "banana", seed in 8 bytes, 16 shards
        ["opened"] = (new MarketOpened(MarketId.Of("banana"), 0x0123456789abcdef, 16, "AQQ="), "01 0662616e616e61 efcdab8967452301 10 044151513d"),
        // 02, running, 1,500 ms
        ["moved"] = (new MarketMoved(MarketStatus.Running, 1_500), "02 01 b817"),
        // 03, paused, 1,500 ms, since Time, seed
        ["floor moved"] = (new FloorMoved(MarketStatus.Paused, 1_500, Time, 0x0123456789abcdef), "03 02 b817 aaee8acbc858 efcdab8967452301"),
        // 04, tick 7, 1.02 coins
        ["floor priced"] = (new FloorPriced(7, Price), "04 0e c0c17c"),
        // 05, tick 7, 1.02 coins, forecast 1.5, base 0.75, hype −0.25, bursting, average 1.25, next at 8,000 ms
        ["ticked"] = (
            new PriceTicked(new PriceTick(7, Time, Price, 1.5, 0.75, new Coins(-250_000), true), 1.25, 8_000),
            "05 0e c0c17c 000000000000f83f 000000000000e83f 9fc21e 01 000000000000f43f 807d"),
        // 06, −2 points, hype −0.02, no burst, 0
        ["hype fell"] = (new HypeMoved(-2, new Coins(-20_000), false, 0), "06 03 bfb802 00 00"),
        // 06, 100 points, hype 1, burst, first step at 6,000 ms
        ["hype burst"] = (new HypeMoved(100, Coins.Whole(1), true, 6_000), "06 c801 80897a 01 e05d"),
        // 07, step 9, hype 3.026092, the last, 55,000 ms
        ["burst stepped"] = (new BurstStepped(9, new Coins(3_026_092), true, 55_000), "07 09 d8b2f102 01 b0db06"),
        // 08, number 26, author, text with é and a monkey, source, 1 point, said before
        ["posted"] = (
            new GibbPosted(new Gibb(26, Time, "zoé", "buy 🐒 banana", "api", 1, NotCounted.Repeated)),
            "08 34 047a6fc3a9 0f62757920f09f90922062616e616e61 03617069 02 03"),
        // 09, BONOBO, alice, "t-1", 2.5 coins, total 1,000, multiplier 1.15, harvest 2.875, due at 10,000 ms
        ["planted"] = (
            new Planted(Alice, "t-1", new Coins(2_500_000), Coins.Whole(1_000), 1.15, new Coins(2_875_000), 10_000),
            "09 06424f4e4f424f 05616c696365 03742d31 c096b102 80a8d6b907 666666666666f23f f0f9de02 a09c01"),
        // 0a, number 3
        ["harvested"] = (new Harvested(3), "0a 06"),
        // 0b, of shard 15, up to 300
        ["received"] = (new MessagesReceived(15, 300), "0b 0f d804"),
        // 0c, by shard 1,023, up to 1
        ["acknowledged"] = (new MessagesAcknowledged(1_023, 1), "0c ff07 02"),
        // 0d, BONOBO, alice
        ["joined"] = (new TraderJoined(Alice), "0d 06424f4e4f424f 05616c696365"),
        // 0e, the request's id in 8 bytes
        ["request answered"] = (new RequestAnswered(0x0123456789abcdef), "0e efcdab8967452301"),
    };

    public static IReadOnlyDictionary<string, (TraderFact Fact, string Hex)> TraderEvents { get; } = new Dictionary<string, (TraderFact, string)>
    {
        // 10, slot 300, sent at, "t1", 3 shares at 1.02, Time
        ["bought"] = (
            new TraderFact(300, new TraderEvent(TraderEventType.Bought, CommandType.Buy, 3, Price, Status.Accepted, false, Time), "t1"),
            "10 ac02 02 027431 03 e0a03e aaee8acbc858"),
        // 11, slot 0, no flags, "t1", 1,000 shares at 1.02
        ["sold"] = (
            new TraderFact(0, new TraderEvent(TraderEventType.Sold, CommandType.Sell, 1_000, Price, Status.Accepted, false, null), "t1"),
            "11 00 00 027431 e807 e0a03e"),
        // 12, slot 1, no flags, "猿", 2,500,000 micro-coins
        ["invested"] = (
            new TraderFact(1, new TraderEvent(TraderEventType.Invested, CommandType.Invest, 2_500_000, Coins.Zero, Status.Accepted, false, null), "猿"),
            "12 01 00 03e78cbf a0cb9801"),
        // 13, slot 1, bailed out and sent at, "t1", 5 monkeys, 1 ms before 1970
        ["fed"] = (
            new TraderFact(1, new TraderEvent(TraderEventType.Fed, CommandType.Feed, 5, Coins.Zero, Status.Accepted, true, new Timestamp(-1)), "t1"),
            "13 01 03 027431 05 01"),
        // 14, slot 1, no flags, buy, insufficient coins, "t1", 7 shares at 1.02
        ["order refused"] = (
            new TraderFact(1, new TraderEvent(TraderEventType.Refused, CommandType.Buy, 7, Price, Status.InsufficientCoins, false, null), "t1"),
            "14 01 00 01 1f 027431 07 e0a03e"),
        // 14, slot 1, no flags, feed, insufficient shares, "t1", as many monkeys as 63 bits hold
        ["feeding refused"] = (
            new TraderFact(1, new TraderEvent(TraderEventType.Refused, CommandType.Feed, long.MaxValue, Coins.Zero, Status.InsufficientShares, false, null), "t1"),
            "14 01 00 04 20 027431 ffffffffffffffff7f"),
        // 15, slot 1, bailed out, "t1", 2,875,000 micro-coins
        ["returned"] = (
            new TraderFact(1, new TraderEvent(TraderEventType.Returned, default, 2_875_000, Coins.Zero, Status.Accepted, true, null), "t1"),
            "15 01 01 027431 f8bcaf01"),
    };

    public static IReadOnlyDictionary<string, (ActorMessage Message, string Hex)> Messages { get; } = new Dictionary<string, (ActorMessage, string)>
    {
        // 01, BONOBO, alice, "t-1", 2.5 coins
        ["plant"] = (new Plant(Alice, "t-1", new Coins(2_500_000)), "01 06424f4e4f424f 05616c696365 03742d31 c096b102"),
        // 02, BONOBO, alice, "t-1", 2.875 coins
        ["come home"] = (new ComeHome(Alice, "t-1", new Coins(2_875_000)), "02 06424f4e4f424f 05616c696365 03742d31 f0f9de02"),
        // 03, ended, 90,000 ms, since Time, seed
        ["clock moved"] = (new ClockMoved(MarketStatus.Ended, 90_000, Time, ulong.MaxValue), "03 03 a0fe0a aaee8acbc858 ffffffffffffffff"),
        // 04, tick 7, 1.02 coins
        ["price moved"] = (new PriceMoved(7, Price), "04 0e c0c17c"),
        // 05, −17 points
        ["talk heard"] = (new TalkHeard(-17), "05 21"),
    };

    public static byte[] Bytes(MarketEvent happened)
    {
        var to = new BytesWriter(0);
        EventWriter.Write(to, happened);
        return to.Written.ToArray();
    }

    public static byte[] Bytes(TraderFact fact)
    {
        var to = new BytesWriter(0);
        EventWriter.Write(to, fact.Slot, fact.Happened, fact.TxnId);
        return to.Written.ToArray();
    }

    public static byte[] Bytes(ActorMessage message)
    {
        var to = new BytesWriter(0);
        MessageCodec.Write(to, message);
        return to.Written.ToArray();
    }

    public static byte[] FromHex(string spaced) => Convert.FromHexString(spaced.Replace(" ", "", StringComparison.Ordinal));
}
