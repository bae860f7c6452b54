using Market.Actors.Traders;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Traders;

public class TraderIndexTests
{
    private readonly Dictionary<long, TraderKey> _keys = [];
    private readonly TraderIndex _index;

    public TraderIndexTests() => _index = new TraderIndex(place => _keys[place]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(50_000)]
    public void Everybody_added_is_found_at_the_place_given_and_nobody_else(int traders)
    {
        for (var i = 0; i < traders; i++) { Add(Key(i), i * 1_000L); }
        _index.Count.ShouldBe(traders);
        for (var i = 0; i < traders; i++) { Find(Key(i)).ShouldBe(i * 1_000L); }
        for (var i = traders; i < traders + 1_000; i++) { Find(Key(i)).ShouldBeNull(); }
    }

    /// <summary>The traders of one of sixteen shards all end in the same bits.</summary>
    [Fact]
    public void Traders_of_one_shard_are_looked_for_in_as_few_places_as_any()
    {
        var ofOneShard = Enumerable.Range(0, 80_000).Select(Key).Where(key => key.Hash % 16 == 3).ToList();
        foreach (var key in ofOneShard) { Add(key, _keys.Count); }
        var looks = 0;
        var index = new TraderIndex(place =>
        {
            looks++;
            return _keys[place];
        });
        foreach (var (place, key) in _keys) { index.Add(key, place); }
        foreach (var key in ofOneShard) { index.TryFind(key, out _).ShouldBeTrue(); }
        looks.ShouldBeLessThan(ofOneShard.Count + (ofOneShard.Count / 100));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData((1L << 36) - 1)]
    public void A_place_that_does_not_fit_is_refused(long place)
    {
        Should.Throw<InvariantBrokenException>(() => _index.Add(Key(0), place));
    }

    [Fact]
    public void The_largest_place_fits()
    {
        Add(Key(0), (1L << 36) - 2);
        Find(Key(0)).ShouldBe((1L << 36) - 2);
    }

    private static TraderKey Key(int number) => new("DRILL", $"trader {number}");

    private void Add(TraderKey key, long place)
    {
        _keys[place] = key;
        _index.Add(key, place);
    }

    private long? Find(TraderKey key) => _index.TryFind(key, out var place) ? place : null;
}
