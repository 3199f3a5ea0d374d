namespace Director.Linux.Bpf;

/// <summary>A place in a program that jumps lead to, made by <see cref="Assembler.NewLabel"/>.</summary>
/// <param name="Number">The assembler's own number of it.</param>
internal readonly record struct BpfLabel(int Number);
