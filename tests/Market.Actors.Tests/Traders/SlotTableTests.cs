using Market.Actors.Traders;

namespace Market.Actors.Tests.Traders;

public class SlotTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(5_000)]
    public void Rows_keep_their_slots_however_many_come(int rows)
    {
        var table = new SlotTable<int>();
        for (var i = 0; i < rows; i++) { table.Add(i); }
        table.Count.ShouldBe(rows);
        for (var i = 0; i < rows; i++) { table[i].ShouldBe(i); }
        var copy = new int[rows];
        table.CopyTo(copy);
        copy.ShouldBe(Enumerable.Range(0, rows));
    }

    [Fact]
    public void A_row_is_changed_where_it_stands()
    {
        var table = new SlotTable<int>();
        for (var i = 0; i < 2_000; i++) { table.Add(i); }
        ref var row = ref table[1_500];
        for (var i = 0; i < 2_000; i++) { table.Add(i); }
        row = -1;
        table[1_500].ShouldBe(-1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1_024)]
    public void There_is_no_slot_before_the_first_or_after_the_last(int slot)
    {
        var table = new SlotTable<int>();
        for (var i = 0; i < 3; i++) { table.Add(i); }
        Should.Throw<ArgumentOutOfRangeException>(() => table[slot]);
    }
}
