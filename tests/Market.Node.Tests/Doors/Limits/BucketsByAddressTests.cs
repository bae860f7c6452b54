using System.Net;
using Market.Node.Doors.Limits;

namespace Market.Node.Tests.Doors.Limits;

public sealed class BucketsByAddressTests
{
    private readonly HandTime _time = new();

    [Fact]
    public void Each_caller_has_twice_a_seconds_worth_at_once_and_then_so_many_a_second()
    {
        var buckets = new BucketsByAddress(perSecond: 10, _time);
        for (var i = 0; i < 20; i++) { Take(buckets, "10.0.0.1").ShouldBeTrue(); }

        Take(buckets, "10.0.0.1").ShouldBeFalse();
        Take(buckets, "10.0.0.2").ShouldBeTrue();
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Take(buckets, "10.0.0.1").ShouldBeTrue();
        buckets.Of(IPAddress.Parse("10.0.0.1")).TryTake(out var retryAfterMs).ShouldBeFalse();
        retryAfterMs.ShouldBe(100);
    }

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void Addresses_of_one_household_are_one_caller(string one, string other, bool same)
    {
        var buckets = new BucketsByAddress(1, _time);

        ReferenceEquals(buckets.Of(IPAddress.Parse(one)), buckets.Of(IPAddress.Parse(other))).ShouldBe(same);
    }

    [Fact]
    public void Flood_of_addresses_neither_grows_the_table_nor_frees_anybody_of_the_limit()
    {
        var buckets = new BucketsByAddress(perSecond: 1, _time, capacity: 100);
        Take(buckets, "10.0.0.1").ShouldBeTrue();
        Take(buckets, "10.0.0.1").ShouldBeTrue();

        var through = Enumerable.Range(0, 10_000).Count(i => Take(buckets, $"172.16.{i / 256}.{i % 256}"));

        buckets.Count.ShouldBe(100);
        through.ShouldBeLessThanOrEqualTo(101, "one each for those with a bucket, two for all the others together");
        Take(buckets, "10.0.0.1").ShouldBeFalse();
    }

    [Fact]
    public void Quiet_callers_make_room_for_new_ones()
    {
        var buckets = new BucketsByAddress(perSecond: 1, _time, capacity: 2);
        Take(buckets, "10.0.0.1");
        Take(buckets, "10.0.0.2");
        _time.Pass(TimeSpan.FromSeconds(3));
        Take(buckets, "10.0.0.2");

        Take(buckets, "10.0.0.3").ShouldBeTrue();

        buckets.Count.ShouldBe(2);
        Take(buckets, "10.0.0.2").ShouldBeTrue();
        Take(buckets, "10.0.0.2").ShouldBeFalse("it was busy, and so not forgotten");
    }

    private static bool Take(BucketsByAddress buckets, string address) => buckets.Of(IPAddress.Parse(address)).TryTake(out _);
}
